"""What is told of a step of a real network."""

import math

import numpy as np
import pytest
from insights import HOSTILE, STORY, insight_of, text_of
from rich.cells import cell_len

from charrnn.core.units import bits
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.one_step.columns import columns_for
from charrnn.tui.panels.one_step.rows import PHASES, draw_one_step, said
from charrnn.tui.panels.one_step.step import step_of

INSIGHT = insight_of()
NAMES = ("cost", "target", "guess", "chance", "Why", "memory", "Wxh", "input")


def drawn(phase, width=118, height=30, insight=INSIGHT):
    return draw_one_step(insight, phase, width, height)


def lines(phase, **room):
    return [row_text(row) for row in drawn(phase, **room)]


def test_every_phase_says_a_sentence_with_the_numbers_of_the_step():
    told = [" ".join(text_of(drawn(phase)).split()) for phase in range(len(PHASES))]
    for phase, text in enumerate(told):
        assert f"{phase + 1} of 8" in text
        assert PHASES[phase].name in text
    together = bits(INSIGHT.loss) * len(INSIGHT.text)
    assert f"together {together:.1f} bits ÷ 25 = {bits(INSIGHT.loss):.2f} bits per character" in told[3]
    assert f"evenly {math.log2(INSIGHT.symbols):.2f} bits per character" in told[3]
    moved = INSIGHT.window.moved
    assert f"by {moved.max():.1f}" in told[2]


def test_each_equation_is_there_in_full_with_its_shapes():
    H, V = INSIGHT.window.hidden.shape[1], INSIGHT.symbols
    forward = lines(2)
    place = next(y for y, line in enumerate(forward) if line.startswith("h[t] = tanh("))
    assert " ".join(forward[place].split()) == "h[t] = tanh( Wxh x[t] + Whh h[t−1] + bh )"
    assert forward[place + 1].split() == [f"{H}", f"{H}×{V}", f"{V}", f"{H}×{H}", f"{H}", f"{H}"]
    for term in ("Wxh", "x[t]", "Whh", "h[t−1]", "bh"):
        assert forward[place + 1][forward[place].index(term) : forward[place].index(term) + len(term)].strip()
    assert any("softmax( Why h[t] + by )" in " ".join(line.split()) for line in lines(3))


def test_the_windows_letters_stand_below_and_above_their_memories():
    rows = lines(3)
    shown = {name: next(row for row in rows if row.strip().startswith(name)) for name in NAMES}
    letters = "".join(shown["input"].split()[1:])
    assert letters == INSIGHT.text.replace(" ", "·").replace("\n", "↵")
    targets = "".join(shown["target"].split()[1:])
    assert targets == INSIGHT.window.targets.replace(" ", "·").replace("\n", "↵")
    middles = [x for x, c in enumerate(shown["input"]) if c != " " and x > 8]
    assert [x for x, c in enumerate(shown["target"]) if c != " " and x > 8] == middles
    assert [x for x, c in enumerate(shown["Wxh"]) if c == "▲" and x > 8] == middles
    assert shown["chance"].split()[1] == f"{INSIGHT.window.p[0]:.0%}" or "<1%" in shown["chance"]


def test_places_never_change_between_phases():
    for width, height in ((118, 30), (58, 29), (198, 44)):
        places = []
        for phase in range(len(PHASES)):
            rows = lines(phase, width=width, height=height)
            assert len(rows) == height
            places.append([y for y, row in enumerate(rows) if row.startswith(("memory ", "input ", "target  "))])
        assert all(place == places[0] for place in places)


def test_each_phase_lights_what_it_is_about():
    def lit(phase):
        return {text.strip() for row in drawn(phase) for text, role in row if role in ("alive", "strong")}

    assert {"Wxh", "Whh"} <= lit(2)
    assert "Why" not in lit(2)
    assert "Why" in lit(3)
    assert "Whh" in lit(4)
    assert {"Wxh", "Whh", "Why"} <= lit(6)


def test_what_is_not_known_yet_stays_empty_and_the_error_fades():
    before, after = text_of(drawn(1)), text_of(drawn(4))
    assert "%" not in before.replace("100%", "")
    assert "100%" in after
    fades = [int(role[1:]) for row in drawn(4) for text, role in row if role[0] == "f" and role[1:].isdigit()]
    assert max(fades) == 8
    assert min(fades) < max(fades)


@pytest.mark.parametrize("text", [STORY, HOSTILE, "中文字符，一二三。" * 40], ids=["story", "hostile", "wide"])
def test_it_stays_in_its_room_at_every_size(text):
    insight = insight_of(text, steps=25)
    for width in (1, 3, 18, 38, 58, 59, 76, 98, 118, 198):
        for height in (1, 2, 4, 8, 11, 14, 17, 21, 30, 44):
            for phase in range(len(PHASES)):
                rows = drawn(phase, width, height, insight)
                assert len(rows) <= height
                assert all(row_width(row) <= width for row in rows)


@pytest.mark.parametrize("text", [STORY, HOSTILE, "中文字符，一二三。" * 40], ids=["story", "hostile", "wide"])
def test_every_sentence_is_whole_at_every_width(text):
    step = step_of(insight_of(text, steps=25))
    for width in range(58, 201):
        for phase in PHASES:
            for most in (1, 2) if width >= 74 else (2,):
                rows = said(phase.words(step), width, most)
                assert all(row_width(row) <= width for row in rows)
                assert " ".join(map(row_text, rows)) in phase.words(step)


@pytest.mark.parametrize("height", range(5, 46, 5))
def test_a_sentence_is_whole_in_every_room(height):
    step = step_of(INSIGHT)
    for width in (58, 59, 67, 78, 98, 118, 158, 200):
        for phase in range(len(PHASES)):
            text = " ".join(" ".join(lines(phase, width=width, height=height)).split())
            assert any(form in text for form in PHASES[phase].words(step))


@pytest.mark.parametrize("width", range(58, 121))
def test_what_is_left_stands_side_by_side_or_evenly_below_each_other(width):
    after = [row.count(" step") for row in lines(4, width=width, height=40) if row.startswith("after ")]
    assert sum(after) == 4
    assert len(set(after)) == 1


def test_a_part_of_a_long_window_is_the_part_that_the_phase_is_about():
    assert columns_for(25, 118, 12) == (0, 25, 4, 25)
    assert columns_for(25, 58, 0)[:2] == (0, 8)
    assert columns_for(25, 58, 25)[:2] == (17, 8)
    assert columns_for(25, 58, 12)[:2] == (8, 8)
    assert np.all([columns_for(1000, w, 500).drawn <= 1000 for w in range(0, 300, 7)])


@pytest.mark.parametrize("text", [STORY, HOSTILE, "水英的船从桥下过去，" * 40])
def test_the_hardest_and_the_easiest_target_stand_in_columns_with_their_units(text):
    insight = insight_of(text)
    for width in range(58, 130):
        rows = [row_text(row) for row in drawn(3, width=width, insight=insight)]
        pair = [next(row for row in rows if row.startswith(name)) for name in ("hardest ", "easiest ")]
        assert all(cell_len(row[: row.index(" bits") + 5]) <= width for row in pair), pair
        figures = [cell_len(row[: row.index(" bits")]) for row in pair]
        assert max(figures) - min(figures) <= 1, pair


@pytest.mark.parametrize(
    ("how", "clipping", "update"),
    [
        ({"optimizer": "rmsprop", "clip": "norm:0.01"}, "so that its length is 0.01", "√(mean of ∂W²)"),
        ({"optimizer": "adam", "clip": "norm:100000"}, "nothing is cut off it", "mean of ∂W"),
        ({"optimizer": "sgd", "momentum": 0.9, "clip": "off"}, "Nothing is cut off the gradient", "velocity"),
    ],
)
def test_every_optimizer_and_every_clipping_is_told_as_it_is(how, clipping, update):
    insight = insight_of(**how)
    told = [" ".join(text_of(drawn(phase, insight=insight)).split()) for phase in (5, 6)]
    assert clipping in told[0]
    assert update in told[1]
    assert "Adagrad" not in " ".join(told)
    for phase in (5, 6):
        for width in range(58, 130, 3):
            assert all(row_width(row) <= width for row in drawn(phase, width=width, insight=insight))


GATED = {cell: insight_of(cell=cell, layers=layers, streams=2) for cell, layers in (("gru", 1), ("lstm", 2))}
FORWARD = {
    "gru": (
        "r[t] = σ( Wxr x[t] + Whr h[t−1] + br ) likewise z[t]",
        "n[t] = tanh( Wxn x[t] + bn + r[t] ∘ ( Whn h[t−1] + bhn ))",
        "h[t] = (1 − z[t]) ∘ n[t] + z[t] ∘ h[t−1]",
    ),
    "lstm": (
        "i[t] = σ( Wxi x[t] + Whi h[t−1] + bi ) likewise f[t], o[t]",
        "g[t] = tanh( Wxg x[t] + Whg h[t−1] + bg )",
        "c[t] = f[t] ∘ c[t−1] + i[t] ∘ g[t]",
        "h[t] = o[t] ∘ tanh( c[t] )",
    ),
}
BACK = {
    "gru": (
        "∂h[t] = Whyᵀ (p[t] − y[t]) + z[t+1] ∘ ∂h[t+1] + Whhᵀ ∂a[t+1]",
        "∂n[t] = (1 − n[t]²) ∘ (1 − z[t]) ∘ ∂h[t]",
        "∂z[t] = z[t](1 − z[t]) ∘ (h[t−1] − n[t]) ∘ ∂h[t]",
    ),
    "lstm": (
        "∂h[t] = Whyᵀ (p[t] − y[t]) + Whh2ᵀ ∂a[t+1]",
        "∂c[t] = f[t+1] ∘ ∂c[t+1] + o[t] ∘ (1 − tanh²c[t]) ∘ ∂h[t]",
        "∂f[t] = f[t](1 − f[t]) ∘ c[t−1] ∘ ∂c[t]",
    ),
}


@pytest.mark.parametrize("width", [58, 78, 118, 198])
@pytest.mark.parametrize("cell", GATED)
def test_a_cells_own_equations_are_told(cell, width):
    for phase, equations in ((2, FORWARD), (4, BACK)):
        # Shapes stand between the lines of an equation that is broken.
        rows = drawn(phase, width, 45, GATED[cell])
        rows = [r for r in rows if any(role in ("strong", "alive") or "likewise" in text for text, role in r)]
        text = " ".join(text_of(rows).split())
        for equation in equations[cell]:
            assert equation in text, (phase, text)


def test_how_open_gates_were_stands_below_the_characters():
    seen = GATED["gru"]
    text = text_of(drawn(2, 118, 40, seen))
    assert "\nr gate " in text
    assert "\nz gate " in text
    inside = seen.inside.parts
    for gate in ("reset", "update"):
        assert seen.window.open[gate] == pytest.approx(inside[gate].mean(1))
    assert INSIGHT.window.open == {}


@pytest.mark.parametrize("width", [40, 58, 78, 118, 198])
@pytest.mark.parametrize("height", [5, 9, 15, 21, 31, 45])
def test_gated_steps_stay_in_their_cells(width, height):
    for seen in GATED.values():
        for phase in range(len(PHASES)):
            rows = drawn(phase, width, height, seen)
            assert len(rows) <= height
            assert all(row_width(row) <= width for row in rows)


def test_a_table_of_many_matrices_stands_in_blocks():
    seen = GATED["lstm"]
    text = text_of(drawn(6, 58, 60, seen))
    for matrix in seen.error_flow.matrices:
        assert matrix.name in text.split()
    assert text.count("moved by") == 2


def test_every_matrix_of_a_deep_network_is_named_where_it_is_clipped():
    deep = insight_of(cell="gru", layers=4)
    for width in (58, 78, 118):
        text = text_of(drawn(5, width, 45, deep))
        for matrix in deep.error_flow.matrices:
            assert matrix.name in text.replace(",", " ").split(), (width, matrix.name)


def test_of_several_streams_the_sum_is_that_of_the_one_that_is_told():
    seen = insight_of(streams=3)
    costs = bits(seen.window.nats)
    told = " ".join(text_of(drawn(3, insight=seen)).split())
    assert f"together {costs.sum():.1f} bits ÷ 25 = {costs.mean():.2f} bits per character" in told
    assert f"streams {bits(seen.loss):.2f} bits per character, mean of all 3" in told
