"""The one list of panels, and that everything else follows it."""

from pathlib import Path

import pytest
from watched import Watched

import charrnn.tui.panels
from charrnn.core.insight.wanted import NEEDS
from charrnn.tui.bars.panel_names import NO_KEY, draw_bar
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panel_list import LISTS, TEXT
from charrnn.tui.panels.panel import Panel
from charrnn.tui.screens.help import help_text

LIST = [pytest.param(panel, id=panel.name) for panel in TEXT.panels]
ALL = [pytest.param(p, id=p.name) for p in dict.fromkeys(p for panels in LISTS.values() for p in panels.panels)]


@pytest.mark.parametrize("panel", ALL)
def test_every_panel_says_what_it_is_called_what_it_shows_and_what_it_needs(panel):
    assert panel.name.isidentifier()
    assert panel.title
    assert 0 < len(panel.short) <= len(panel.in_bar or panel.title)
    assert panel.help.startswith(f"**{panel.title}.**")
    assert panel.needs <= NEEDS
    assert panel().wanted.needs == panel.needs | panel.likes


def test_names_are_given_once():
    panels = TEXT.panels
    for given in ([p.name for p in panels], [p.title for p in panels], [(n.long, n.short) for n in TEXT.names()]):
        assert len(set(given)) == len(given)


def test_every_folder_of_panels_is_in_the_list():
    home = Path(next(iter(charrnn.tui.panels.__path__)))
    folders = {folder.parent.name for folder in home.glob("*/panel.py")}
    assert folders == {panel.name for panels in LISTS.values() for panel in panels.panels}


def test_numbers_follow_the_list():
    assert list(TEXT.keys.values()) == [panel.name for panel in TEXT.panels][:9]
    assert TEXT.first == ("loss", "window", "memory", "sample")


@pytest.mark.parametrize("panel", LIST)
def test_every_panel_has_an_explanation_that_comes_first_when_it_is_asked_for(panel):
    text = help_text(TEXT.help_texts(), panel.name)
    assert text.startswith(panel.help)
    assert text.count(panel.help) == 1
    assert panel.help in help_text(TEXT.help_texts())


async def test_the_app_has_every_panel_and_no_other():
    w = Watched(stop_at=1)
    async with w.app.run_test(size=(120, 36)):
        await w.paused()
        assert [child.name for child in w.app.panels.children] == [panel.name for panel in TEXT.panels]
        assert all(isinstance(child, Panel) for child in w.app.panels.children)


@pytest.mark.parametrize("width", [200, 120, 80, 60, 40, 20])
def test_the_bar_numbers_every_panel_and_can_be_pointed_at(width):
    row, tabs = draw_bar(TEXT.names(), ("loss",), width)
    assert [row_text(row)[tab.start] for tab in tabs][:9] == list("123456789")
    assert tabs[-1].end <= width
    assert ("1", "alive") in row


def test_a_panel_without_a_number_can_be_pointed_at_too():
    panels = [*TEXT.names(), TEXT.names()[0]._replace(name="tenth", key="", long="Tenth")]
    for width in (200, 80, 20):
        row, tabs = draw_bar(panels, (), width)
        assert row_text(row)[tabs[-1].start] == NO_KEY
