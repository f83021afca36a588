"""A text as the network reads it: what stands above, on, below and beside each character."""

import numpy as np
import pytest
from rich.cells import cell_len

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.asked.typed import TypedReader, Typing
from charrnn.tui.colours.shades import activation_role, chance_role
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.my_text.beside import draw_surprises, figures
from charrnn.tui.panels.my_text.curve import draw_curve, running_mean
from charrnn.tui.panels.my_text.draft import Draft
from charrnn.tui.panels.my_text.rows import costs_of, draw_my_text, draw_text, place_at_line

STORY = "the cat sat on the mat, and the dog sat on the cat.\n" * 10
KEYS = tuple("12345")


@pytest.fixture(scope="module")
def session():
    session = TrainingSession(Corpus.from_text(STORY), hidden_size=12)
    for _ in range(200):
        session.step()
    return session


def typed(session, text, cursor=None):
    return TypedReader().look(session, Typing(text, len(text) if cursor is None else cursor, 3))


def spans(row):
    """Each cell's role."""
    return [role for text, role in row for _ in range(cell_len(text))]


def test_a_character_is_shaded_by_its_chance_with_its_bits_above_and_the_unit_below(session):
    draft = Draft("the dog", 2)
    found = typed(session, draft.text, 2)
    bars, text, strip, *_ = draw_text(draft, found, 30, 8).rows
    assert row_text(text) == "the·dog"
    chances = np.exp(-found.nats)
    assert spans(text) == [chance_role(float(p), place == 2) for place, p in enumerate(chances)]
    assert spans(strip) == [activation_role(float(a)) for a in found.unit]
    high = found.nats / np.log(2) >= 9
    assert [role == "attention" for role in spans(bars)] == high.tolist()


def test_behind_the_end_stands_the_best_guess(session):
    found = typed(session, "the do")
    rows = draw_text(Draft("the do", 6), found, 30, 1).rows
    assert row_text(rows[0]) == "the·do" + found.guesses[0][0]
    assert spans(rows[0])[-1] == "p0*"


def test_of_what_has_changed_since_it_is_read_only_what_is_the_same_is_shaded(session):
    costs = costs_of(Draft("the fog", 7), typed(session, "the dog"))
    assert np.isfinite(costs.bits).tolist() == [True] * 4 + [False] * 3


def test_what_it_has_never_read_is_named_and_stands_out(session):
    found = typed(session, "the xylophone")
    drawn = draw_my_text(Draft("the xylophone", 13), found, "", None, KEYS, 120, 30)
    assert any("It has never read x y l p: left out." in row_text(row) for row in drawn.rows)
    text = next(row for row in drawn.rows if row_text(row).startswith("the·xylophone"))
    assert spans(text)[4] == "attention"


def test_of_a_large_network_and_unknown_signs_both_are_said(session):
    found = typed(session, "the xy")._replace(most=4)
    rows = [row_text(row) for row in draw_surprises(Draft("the xy", 6), found, 100)]
    assert rows[:2] == ["only the first 4 characters are read", "It has never read x y: left out."]


@pytest.mark.parametrize("size", [(118, 30), (78, 18), (58, 12), (198, 44), (30, 5), (10, 2), (3, 1)])
@pytest.mark.parametrize("text", ["", "the cat\nsat", "中文 é \x1b[31m [b]" + "the dog sat on " * 40])
def test_it_has_room_at_any_size(session, size, text):
    for cursor in (0, len(text)):
        found = typed(session, text, cursor)
        drawing = draw_my_text(Draft(text, cursor), found, "unit 3, high", 2.5, KEYS, *size)
        for row in drawing.rows:
            assert row_text(row).isprintable()
            assert size[0] < 58 or cell_len(row_text(row)) <= size[0], row_text(row)


def test_figures_of_all_of_it(session):
    found = typed(session, "the cat sat on")
    said = dict(figures(found))
    bits = float(found.nats.sum() / np.log(2))
    assert said["characters"] == "14"
    assert said["bits per character"] == f"{bits / 14:.2f}"
    assert said["first guess was right"] == f"{(found.rank == 1).mean():.0%}"
    assert said["all of it would take"] == f"{np.ceil(bits / 8):.0f} bytes"
    assert figures(typed(session, "")) == [("characters", "0")]


def test_where_it_was_most_surprised_stands_with_what_it_expected(session):
    text = "the cat sat on the gat"
    found = typed(session, text)
    rows = [row_text(row) for row in draw_surprises(Draft(text, 0), found, 100)]
    first = found.surprises[0]
    assert f"{first.nats / np.log(2):4.1f} bits" in rows[1]
    assert first.guesses[0][0].replace(" ", "·").replace("\n", "↵") in rows[1].split("expected")[1]


def test_the_curve_is_the_mean_so_far():
    assert running_mean(np.array([2.0, 4.0, np.nan, 0.0])) == pytest.approx([2.0, 3.0, 3.0, 2.0])
    assert np.isnan(running_mean(np.array([np.nan, 1.0]))[0])
    rows = [row_text(row) for row in draw_curve(np.full(40, 2.0), 3.1, 60, 9)]
    assert sum("held-out text 3.10" in row for row in rows) == 1
    assert {len(row) for row in rows[1:]} == {60}


def test_the_ends_of_the_line_that_the_cursor_is_in(session):
    drawing = draw_text(Draft("the cat\nsat on", 10), typed(session, "the cat\nsat on", 10), 30, 9)
    for cursor, ends in ((10, (8, 14)), (3, (0, 7))):
        draft = Draft("the cat\nsat on", cursor)
        assert tuple(place_at_line(drawing.spots, draft, end) for end in (False, True)) == ends
