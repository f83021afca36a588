"""Files of what is on the screen."""

import csv
import io

import numpy as np
import pytest
from watched import Watched, press, said, until

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.training.loss_history import LossHistory
from charrnn.core.units import WINDOW
from charrnn.tui.export import file_stem, without_addresses, write_both, write_table
from charrnn.tui.panels.loss.data import LossData, table


async def test_w_writes_picture_and_numbers_and_says_where(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "w")
        await until(lambda: said(w.app))
        assert {path.name for path in tmp_path.iterdir()} == {
            "charrnn-story-step-120.svg",
            "charrnn-story-step-120.csv",
        }
        assert str(tmp_path.name) in " ".join(said(w.app))
        assert "this run,120," in (tmp_path / "charrnn-story-step-120.csv").read_text()
        assert (tmp_path / "charrnn-story-step-120.svg").read_text().startswith("<svg")


async def test_where_nothing_can_be_written_w_says_why(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "w")
        await until(lambda: said(w.app))
        assert "not written" in " ".join(said(w.app))


def test_a_table_is_csv_whatever_the_names():
    file = io.StringIO()
    write_table(file, [('a "b",\n', "1", "", "", "", "", "", "nats")])
    assert list(csv.reader(io.StringIO(file.getvalue())))[1][0] == 'a "b",\n'


def test_files_get_names_that_are_free(tmp_path):
    stem = file_stem("../my [poems]\x1b.txt", 12)
    assert stem == "charrnn-my-poems-step-12"
    first = write_both(tmp_path, stem, "<svg/>", [])
    second = write_both(tmp_path, stem, "<svg/>", [])
    assert [p.name for p in first] == [f"{stem}.svg", f"{stem}.csv"]
    assert [p.name for p in second] == [f"{stem}-2.svg", f"{stem}-2.csv"]


def test_a_picture_fetches_nothing():
    svg = (
        "<svg><!-- made by --><style>@font-face { src: url(x) } a { font-family: Fira Code, monospace; }</style></svg>"
    )
    assert "url" not in without_addresses(svg)


def test_half_a_file_is_taken_away(tmp_path):
    def broken():
        yield ("a",) * 8
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_both(tmp_path, "stem", "<svg/>", broken())
    assert list(tmp_path.iterdir()) == []


def test_names_that_are_no_unicode_are_written_as_signs(tmp_path):
    run = PastRun("\udcff", np.array([100, 200]), np.array([2.0, 4.0]), *[np.array([3.0, 1.0])] * 3)
    lines = list(table(LossData(LossHistory().view()), [run], [], WINDOW, 25, None))
    _, written = write_both(tmp_path, "stem", "<svg/>", lines)
    assert "\N{REPLACEMENT CHARACTER}" in written.read_text()
