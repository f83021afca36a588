"""Who caused a guess, as rows: bars by powers of ten, and a sentence that always has room."""

import numpy as np
import pytest
from rich.cells import cell_len
from watched import Watched, press

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.asked.causes import Causes, find_causes, find_causes_in
from charrnn.core.insight.reading import read_again, read_window
from charrnn.core.insight.wanted import SAMPLE_CAUSES
from charrnn.tui.panels.xray.causes import AGAINST, FOR, bar_of, cause_bars, caused
from charrnn.tui.panels.xray.rows import draw_xray

TEXT = "to be or not to be, that is the question " * 5


@pytest.fixture(scope="module")
def session():
    session = TrainingSession(Corpus.from_text(TEXT), hidden_size=12)
    for _ in range(60):
        session.step()
    return session


def test_bars_are_powers_of_ten():
    drawn = [bar_of(effect) for effect in (0.0, 0.009, 0.01, 0.1, 1.0, 10.0, 500.0, -1.0, float("nan"), float("inf"))]
    assert drawn == [" ", " ", "▁", "▃", "▅", "█", "█", "▅", " ", " "]


def test_what_stands_at_a_place_is_what_is_read_at_the_next():
    effects = np.zeros((4, 4))
    effects[2] = [9.0, 1.0, -1.0, 0.0]
    causes = Causes(effects, "abcd")
    assert cause_bars(causes, 2, range(4)) == [("▅", FOR), ("▅", AGAINST), (" ", AGAINST), (" ", AGAINST)]


def test_the_x_ray_shows_and_tells_them_for_the_guess_at_the_cursor(session):
    reading, causes = read_window(session), find_causes(session)
    drawing = draw_xray(reading, None, ("window", 20), 100, 30, causes)
    rows = ["".join(text for text, _ in row) for row in drawing.rows]
    assert any(row.startswith("caused  ") for row in rows)
    told = next(row for row in rows if row.startswith("caused “"))
    most = int(np.abs(causes.effects[20, :21]).argmax())
    assert f"{causes.effects[20, most]:+.2f} nats" in told
    assert "caused" not in "".join(
        "".join(text for text, _ in row) for row in draw_xray(reading, None, ("window", 20), 100, 30).rows
    )


@pytest.mark.parametrize("width", [200, 76, 58, 40])
def test_the_sentence_has_room(session, width):
    reading, causes = read_window(session), find_causes(session)
    for at in range(25):
        assert sum(cell_len(text) for text, _ in caused(causes, reading, at, width)) <= width


def test_in_the_sample_too_where_the_cursor_is_in_it(session):
    text = TEXT[:90]
    vocabulary = session.corpus.vocabulary
    window, sample = read_window(session), read_again(session.model, vocabulary, text)
    causes = find_causes_in(session, text)
    rows = ["".join(t for t, _ in row) for row in draw_xray(window, sample, ("sample", 50), 120, 40, causes).rows]
    at = next(y for y, row in enumerate(rows) if row.startswith("sample"))
    assert rows[at + 1].startswith("caused  ")
    assert sum(row.startswith("caused  ") for row in rows) == 1, "not for the window's"
    did = float(causes.effects[50, :51][np.abs(causes.effects[50, :51]).argmax()])
    assert f"{did:+.2f} nats" in next(row for row in rows if row.startswith("caused “"))


async def test_a_sample_is_asked_about_only_while_the_cursor_is_in_it():
    w = Watched(TEXT)
    async with w.app.run_test(size=(100, 40)) as pilot:
        await w.paused()
        await press(w, pilot, "5")
        panel = w.panel("xray")
        assert SAMPLE_CAUSES not in panel.wanted.needs
        panel.choose(("sample", 30))
        await press(w, pilot)
        found = w.app.trainer.look().insight.sample_causes
        sample = w.app.trainer.look().samples[-1].text
        assert (found.effects == find_causes_in(w.session, sample).effects).all()
        assert "caused “" in w.text(panel)
        panel.choose(("window", 3))
        await press(w, pilot)
        assert w.app.trainer.look().insight.sample_causes is None
