"""What stands under the chart's cursor."""

from charrnn.core.training.loss_history import LossHistory
from charrnn.core.training.marks import Mark
from charrnn.core.units import WINDOW
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.loss.readout import rate_at, readout

MARKS = (
    Mark(0, 100, "rate", "rate 0.1 → 0.05", 0.1),
    Mark(1, 150, "reset", "memory reset"),
    Mark(2, 300, "back", "back from step 400, rate 0.025", 0.05),
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
    told = row_text(readout(losses_of(range(400)), MARKS, 101, 3, WINDOW, (rate_at(101, MARKS, 0.025), 1.0))[0])
    assert told.split("  ")[0] == " · step 102"
    for part in ("smooth 50.50 nats", "this window 101", "rate 0.05", "▼ 100: rate 0.1 → 0.05"):
        assert part in told
    told = row_text(readout(losses_of(range(400)), MARKS, 150, 3, WINDOW, (0.1, 1.0))[0])
    assert "the hidden state was emptied" in told


def test_of_many_steps_the_readout_tells_the_cheapest_and_the_dearest_window():
    told = row_text(readout(losses_of(list(range(4096))), (), 11, 1, WINDOW, (0.1, 1.0))[0])
    assert "windows 8.00 to 11.00" in told


def test_before_the_first_step_there_is_nothing_to_read_out():
    assert readout(losses_of([]), (), 0, 1, WINDOW, (0.1, 1.0)) == [[]]


def test_with_a_schedule_the_rate_is_what_that_made_of_it():
    def told(factor):
        return row_text(readout(losses_of(range(400)), (), 101, 3, WINDOW, (0.1, factor))[0])

    assert "  rate 0.05" in told(0.5)
    assert "  rate set to 0.1" in told(None)
