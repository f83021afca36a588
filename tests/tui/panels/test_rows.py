"""What the views draw, from readings of a real network on hostile and on plain text."""

import math

import numpy as np
import pytest
from rich.cells import cell_len

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.observer import VIEWS, ErrorPoint, Observer, Wanted
from charrnn.core.training.run import Run
from charrnn.tui.bars.panel_names import draw_bar
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.drawing.spots import spot_at, spot_beside
from charrnn.tui.drawing.text_lines import lines_of
from charrnn.tui.panels.error.rows import draw_error, log_bars, power_of_ten
from charrnn.tui.panels.error.rows import percent as share_of
from charrnn.tui.panels.neurons.rows import ORDERS, draw_neurons, ordered
from charrnn.tui.panels.one_step.rows import PHASES, draw_one_step
from charrnn.tui.panels.xray.rows import draw_xray

STORY = "The clock was slow,\nand everybody knew it. " * 30
HOSTILE = "[/]\x1b[31m[bold]\x1b]0;title\x07\x9b2J\t中e\u0301\u200d\u202e😀\r\n\0" * 40


def insight_of(text=STORY, steps=60, **options):
    run = Run(TrainingSession(Corpus.from_text(text), **{"hidden_size": 20, "sample_every": 20, **options}))
    observer = Observer()
    observer.wanted = Wanted(frozenset(VIEWS))
    for _ in range(steps):
        run.step()
        if run.session.step_count > steps - 3:
            insight = observer.look(run, at_once=True)
    return insight


INSIGHT = insight_of()


def text_of(rows):
    return "\n".join(map(row_text, rows))


def xray(cursor=("window", 24), width=76, height=18, insight=INSIGHT):
    return draw_xray(insight.window, insight.sample, cursor, width, height)


def test_the_xray_names_the_guesses_and_ticks_the_one_that_came():
    reading, rows = INSIGHT.window, text_of(xray().rows)
    assert f"25 of 25  after …{reading.inputs[13:]}".replace(" ", "") in rows.replace("·", "").replace(" ", "")
    for guess in reading.guesses[24][:4]:
        assert f" {guess if guess.strip() else '·↵'[guess == chr(10)]} " in rows
    ticked = [line for line in rows.split("\n") if "✓ came" in line]
    assert len(ticked) == 1
    assert ticked[0].split()[0] == str(reading.rank[24])


def test_a_target_far_down_is_ranked_below_the_best_guesses():
    early = insight_of(steps=4)
    place = int(early.window.rank.argmax())
    drawn = text_of(xray(("window", place), insight=early).rows)
    ticked = next(line for line in drawn.split("\n") if "✓ came" in line)
    assert int(ticked.split()[0]) == early.window.rank[place] > 5


def test_the_parts_of_the_cost_add_up_to_the_windows_loss():
    line = next(row for row in text_of(xray(("window", 7)).rows).split("\n") if "before" in row)
    here, before, _, after, bits, nats = (
        float(word) for word in line.replace("=", " ").replace("+", " ").split() if word[0].isdigit()
    )
    assert before + here + after == pytest.approx(bits, abs=0.2)
    assert bits * math.log(2) == pytest.approx(nats, abs=0.1)
    assert nats == pytest.approx(INSIGHT.loss, abs=0.06)


def test_every_character_of_window_and_sample_can_be_pointed_at():
    drawing = xray(height=30, width=100)
    assert {s.what for s in drawing.spots if s.what[0] == "window"} == {("window", i) for i in range(25)}
    for spot in drawing.spots:
        row = row_text(drawing.rows[spot.y])
        assert spot_at(drawing.spots, spot.x, spot.y) is spot
        assert row[spot.x : spot.end].strip()


def test_up_and_down_go_from_the_window_to_the_sample_and_back():
    spots = xray(height=30, width=100).spots
    below = spot_beside(spots, ("window", 3), 1)
    assert below.what[0] == "sample"
    assert spot_beside(spots, below.what, -1).what[0] == "window"
    assert spot_beside(spots, ("window", 3), -1) is None


def test_a_line_of_text_breaks_at_its_end_and_where_the_room_ends():
    lines = lines_of("ab\ncdefg", 3, 0, True)
    assert [line.places for line in lines] == [range(0, 3), range(3, 6), range(6, 8)]
    assert [line.places for line in lines_of("中文字", 4, 0, False)] == [range(0, 2), range(2, 3)]


@pytest.mark.parametrize("order", ORDERS)
def test_units_stand_in_the_order_that_was_asked_for(order):
    units = ordered(order, 20, INSIGHT.tracking)
    assert sorted(units) == list(range(20))
    by = {"number": -np.arange(20), "variation": INSIGHT.tracking.variation}.get(order, INSIGHT.tracking.strength())
    assert list(by[units]) == sorted(by, reverse=True)


def test_the_lens_colours_a_cell_by_the_activation_after_its_character():
    drawing = draw_neurons(INSIGHT.window, INSIGHT.sample, INSIGHT.tracking, 4, "number", 70, 30)
    row = next(drawing.rows[s.y] for s in drawing.spots if s.what == ("unit", 4))
    roles = [role for _, role in row[1:]]
    assert roles == [f"d{round(float(h) * 8)}" for h in INSIGHT.window.hidden[1:, 4]]
    assert row[0] == ("▶    4  ", "alive")
    marks = [text.strip() == "•" for text, _ in row[1:]]
    assert marks == [abs(float(h)) > 0.97 for h in INSIGHT.window.hidden[1:, 4]]


def test_bars_are_logarithmic_from_their_lowest_to_their_highest():
    assert log_bars(np.array([1.0, 0.1, 0.01, 0.0, np.nan]), 0.01, 1.0, 1) == ["█▄   "]
    assert log_bars(np.array([1.0, 0.1]), 0.01, 1.0, 2) == ["█ ", "██"]


def test_figures_keep_their_width_and_their_meaning():
    assert [share_of(v) for v in (0, 0.0001, 0.123, 1, float("nan"))] == [" 0.0%", "<0.1%", "12.3%", " 100%", "    –"]
    assert [power_of_ten(v) for v in (10, 1e-5, 1)] == ["10¹", "10⁻⁵", "10⁰"]


def test_with_room_the_error_is_told_over_the_run_for_every_matrix():
    names = ("Wxh", "Whh", "Why", "bh", "by")
    points = [ErrorPoint(step, 0.1 / step, 0.2, 0.3, (0.1,) * 5, (0.01 * step,) * 5, names) for step in range(1, 9)]
    tall = text_of(draw_error(INSIGHT.error_flow, points, INSIGHT.text, 70, 44))
    for name in names:
        assert f"{name} upd/w" in tall
        assert f"{name} rate" in tall
    assert "0.0100 → 0.0800" in tall
    short = text_of(draw_error(INSIGHT.error_flow, points, INSIGHT.text, 70, 24))
    assert "Whh rate" in short
    assert "Wxh rate" not in short
    assert len(draw_error(INSIGHT.error_flow, points, INSIGHT.text, 70, 18)) <= 18


def test_every_phase_says_a_sentence_with_the_numbers_of_the_step():
    told = [" ".join(text_of(draw_one_step(INSIGHT, phase, 76, 18)).split()) for phase in range(len(PHASES))]
    for phase, text in enumerate(told):
        assert f"phase {phase + 1} of 8" in text
        assert PHASES[phase].name in text
    assert f"Together {INSIGHT.loss:.2f} nats" in told[3]
    assert f"{INSIGHT.smooth_before:.3f} → {INSIGHT.smooth:.3f}" in told[7]
    of_last = INSIGHT.error_flow.error_of_last
    assert f"{of_last[0] / of_last[-1]:.0e}" in told[4] or "%" in told[4]


@pytest.mark.parametrize("size", [(76, 18), (58, 14), (198, 44), (20, 3), (3, 1)], ids=str)
@pytest.mark.parametrize("text", [STORY, HOSTILE], ids=["story", "hostile"])
def test_nothing_that_a_terminal_obeys_is_drawn_at_any_size(size, text):
    insight = insight_of(text, steps=25)
    rows = xray(("window", 3), *size, insight=insight).rows
    rows += xray(("sample", 3), *size, insight=insight).rows
    rows += draw_neurons(insight.window, insight.sample, insight.tracking, 2, "number", *size).rows
    for phase in range(len(PHASES)):
        rows += draw_one_step(insight, phase, *size)
    assert all(c.isprintable() for c in text_of(rows).replace("\n", ""))
    assert all(cell_len(row_text(row)) >= 0 for row in rows)


@pytest.mark.parametrize("width", [200, 120, 80, 60, 40, 20])
def test_the_bar_numbers_every_panel_and_can_be_pointed_at(width):
    row, tabs = draw_bar(("loss",), width)
    assert [row_text(row)[tab.start] for tab in tabs] == list("123456789")
    assert tabs[-1].end <= width
    assert ("1", "alive") in row
