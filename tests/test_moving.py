"""The README's moving picture, and how frames become one."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from moving import Picture, dots, painted
from rich.segment import Segment
from rich.style import Style

LEARNING = Path(__file__).parent.parent / "docs" / "learning.svg"


def rows(*texts):
    return [[Segment(text)] for text in texts]


def test_a_row_that_stays_is_drawn_once_and_one_that_changes_is_shown_in_its_frames():
    svg = Picture([rows("first", "same"), rows("second", "same"), rows("first", "same")], [1, 1, 2], "A < B").svg
    ET.fromstring(svg)
    assert "<title>A &lt; B</title>" in svg
    assert svg.count(">same<") == svg.count(">first<") == svg.count(">second<") == 1
    shown = {word: re.search(rf'<g( class="(\w+)")? [^>]*><text[^>]*>{word}<', svg)[2] for word in ("first", "second")}
    assert re.search(r'<g transform="[^"]*"><text[^>]*>same<', svg), "always"
    visible, hidden = "{visibility:visible}", "{visibility:hidden}"
    assert f"@keyframes {shown['first']}{{0%{visible}25%{hidden}50%{visible}}}" in svg
    assert f"@keyframes {shown['second']}{{0%{hidden}25%{visible}50%{hidden}}}" in svg
    assert f".{shown['second']}{{visibility:hidden;animation:{shown['second']} 4s step-end infinite}}" in svg
    assert f".{shown['first']}{{animation:" in svg, "of the last frame: seen where nothing moves"


def test_letters_blocks_and_dots_stand_in_their_cells():
    red = Style.parse("bold #ff0000 on #000080")
    svg = Picture([[[Segment("中 <b>", red), Segment("▄▄⠁", Style.parse("#00ff00"))]]], [1], "").svg
    ET.fromstring(svg)
    assert ">中 &lt;b&gt;</text>" in svg
    assert '<rect x="0" y="0" width="50.6" height="18" fill="#000080"/>' in svg, "the ground, two cells for 中"
    assert '<rect x="50.4" y="9" width="17" height="9" fill="#00ff00"/>' in svg
    assert dots("⠁", 8) in svg
    assert dots("⠁⠀⢀", 0).count("M") == 2
    assert painted(Style.parse("reverse #ff0000 on #000080"))[:2] == ("#000080", "#ff0000")


def test_the_picture_of_the_readme_is_small_and_fetches_and_runs_nothing():
    svg = LEARNING.read_text(encoding="utf-8")
    assert len(svg.encode()) < 700_000
    root = ET.fromstring(svg)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names == {"svg", "title", "style", "rect", "g", "text", "path"}
    assert not re.search(r"https?:|url\(|@import|@font-face|href|\bon\w+=", svg.replace(root.tag[1:-4], ""))
    assert svg.count("@keyframes") > 10
    assert "(docs/learning.svg)" in (LEARNING.parent.parent / "README.md").read_text(encoding="utf-8")
