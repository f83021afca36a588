import math

import numpy as np
import pytest

from charrnn.core.training.loss_history import LossHistory
from charrnn.core.training.marks import Mark
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.loss.readout import rate_at, readout
from charrnn.tui.panels.loss.units import BITS, NATS, PERPLEXITY, UNITS, WINDOW, convert, convert_history, figure


def test_guessing_evenly_among_v_symbols_is_the_same_in_every_unit():
    V, T = 65, 25
    loss = T * math.log(V)
    assert convert(loss, WINDOW, T) == pytest.approx(loss)
    assert convert(loss, NATS, T) == pytest.approx(math.log(V))
    assert convert(loss, BITS, T) == pytest.approx(math.log2(V))
    assert convert(loss, PERPLEXITY, T) == pytest.approx(V)


def test_a_history_keeps_its_order_and_its_gaps_in_every_unit():
    losses = LossHistory()
    for loss in (50.0, 70.0, math.nan, 1e90):
        losses.add(loss, loss)
    for unit in UNITS:
        view = convert_history(losses.view(), unit, 25)
        assert (view.steps, view.stride) == (4, 1)
        assert view.smooth[0] < view.smooth[1]
        assert np.isnan(view.low[2])
        assert np.isfinite(view.high[3])


def test_figures_have_three_or_four_digits():
    assert [figure(v) for v in (3.14159, 123.456, 12345.6, math.nan)] == ["3.14", "123.5", "12,346", "–"]


MARKS = (
    Mark(0, 100, "rate", "lr 0.1 → 0.05", 0.1),
    Mark(1, 150, "reset", "memory reset"),
    Mark(2, 300, "back", "back from step 400, lr 0.025", 0.05),
    Mark(3, 350, "wrap", "back to the start of the text"),
)


def test_the_rate_of_a_step_is_the_one_it_was_trained_with():
    assert [rate_at(step, MARKS, 0.025) for step in (0, 99, 100, 299, 300, 999)] == [0.1, 0.1, 0.05, 0.05, 0.025, 0.025]
    assert rate_at(5, (), 0.2) == 0.2


def losses_of(values):
    losses = LossHistory()
    for value in values:
        losses.add(value, value / 2)
    return losses.view()


def test_the_readout_tells_step_loss_rate_and_what_happened():
    told = row_text(readout(losses_of(range(400)), MARKS, 101, 3, WINDOW, 0.025)[0])
    assert told.split("  ")[0] == " · step 101"
    for part in ("smooth 50.50 nats", "this window 101", "lr 0.05", "▼ 100: lr 0.1 → 0.05"):
        assert part in told
    assert "the hidden state was emptied" in row_text(readout(losses_of(range(400)), MARKS, 150, 3, WINDOW, 0.1)[0])


def test_of_many_steps_the_readout_tells_the_cheapest_and_the_dearest_window():
    told = row_text(readout(losses_of(list(range(4096))), (), 11, 1, WINDOW, 0.1)[0])
    assert "windows 8.00 to 11.00" in told


def test_before_the_first_step_there_is_nothing_to_read_out():
    assert readout(losses_of([]), (), 0, 1, WINDOW, 0.1) == [[]]
