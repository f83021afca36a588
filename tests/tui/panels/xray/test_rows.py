"""What the X-ray draws of a real network."""

import math

import pytest
from insights import insight_of, text_of

from charrnn.tui.drawing.rows import row_text
from charrnn.tui.drawing.spots import spot_at, spot_beside
from charrnn.tui.panels.xray.rows import draw_xray

INSIGHT = insight_of()


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
    assert nats == pytest.approx(len(INSIGHT.text) * INSIGHT.loss, abs=0.06)


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


@pytest.mark.parametrize("height", range(8, 40))
def test_a_text_that_is_not_whole_says_so(height):
    rows = [row_text(row) for row in xray(width=56, height=height).rows]
    texts = {"window": INSIGHT.window, "sample": INSIGHT.sample}
    for kind, reading in texts.items():
        starts = [row for row in rows if row.startswith(kind)]
        if starts:
            spots = [spot for spot in xray(width=56, height=height).spots if spot.what[0] == kind]
            assert starts[0].startswith(f"{kind}…") == (len(spots) < len(reading.targets))
