import pytest

from charrnn.core.live.snapshot import Snapshot
from charrnn.core.optimizers.schedule import Schedule
from charrnn.core.training.loss_history import LossHistory
from charrnn.tui.bars.status_rows import brief_number, clock, draw_status, significant
from charrnn.tui.drawing.rows import row_text, row_width

BASE = Snapshot(
    state="training",
    note="",
    trouble="",
    step=12_300,
    epoch=0.28,
    steps_per_second=6812.4,
    elapsed=109.9,
    speed=None,
    learning_rate=0.1,
    rate_now=0.1,
    schedule=Schedule(),
    temperature=1.0,
    loss=52.34 / 25,
    smooth_loss=55.01 / 25,
    seq_length=25,
    streams=1,
    window=None,
    samples=(),
    marks=(),
    losses=LossHistory().view(),
    ghost=None,
    commands_done=0,
)


def text(snapshot, message="", width=118):
    return "\n".join(row_text(r) for r in draw_status(snapshot, message, width))


def test_everything_is_said_with_its_unit():
    shown = " ".join(text(BASE).split())
    for part in (
        "● training",
        "step 12,300",
        "epoch 0.28",
        "speed 6,812 steps, 170k characters a second",
        "time 00:01:49 at full speed",
        "rate 0.1",
        "smooth 3.17 bits per character",
        "this window 3.02 bits per character",
    ):
        assert part in shown


def test_a_rate_that_a_schedule_changes_is_said_with_the_one_it_was_set_to():
    rows = [text(BASE._replace(learning_rate=0.005, rate_now=now)) for now in (0.004999, 0.00005034)]
    assert "rate 0.005 of 0.005" in " ".join(rows[0].split())
    assert "rate 0.0000503 of 0.005" in " ".join(rows[1].split())
    assert len({row.index("of 0.005") for row in rows}) == 1, "whatever it is"


@pytest.mark.parametrize("smooth", [102.9, 1.2])
@pytest.mark.parametrize("width", [80, 110, 200])
def test_changing_numbers_keep_everything_in_its_place(width, smooth):
    other = BASE._replace(
        step=9_999_999,
        epoch=215.5,
        steps_per_second=3.2,
        elapsed=350_000,
        loss=4.2 / 25,
        smooth_loss=smooth / 25,
    )
    for one, two in zip(draw_status(BASE, "", width), draw_status(other, "", width), strict=True):
        assert row_width(one) == row_width(two) <= width


def test_states_are_words():
    assert "paused" in text(BASE._replace(state="paused"))
    assert "5 steps done" in text(BASE._replace(state="paused", note="5 steps done"))
    assert "characters a second, at most 25 steps" in text(BASE._replace(speed=25))


def test_a_message_is_cut_to_the_room_there_is():
    rows = draw_status(BASE, "x" * 300, 80)
    assert row_width(rows[1]) <= 80
    assert row_text(rows[1]).endswith("…")


def test_before_the_first_step_there_is_no_loss():
    assert "this window     –" in text(BASE._replace(loss=None))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(104.2, "  104"), (52.34, " 52.3"), (9.999, " 10.0"), (9.99, " 9.99"), (0.034, " 0.03"), (1234, "1,234"),
     (float("nan"), "  nan"), (5e9, "5e+09"), (99.96, "  100")],
)  # fmt: skip
def test_losses_have_three_figures_in_five_cells(value, shown):
    assert significant(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999.4, "999"), (999.6, "1.0k"), (9_940, "9.9k"), (9_960, "10k"), (999_400, "999k"), (999_600, "1.0M"),
     (1_234_567, "1.2M"), (98_000_000, "98M")],
)  # fmt: skip
def test_large_numbers_have_four_cells(value, shown):
    assert brief_number(value) == shown


@pytest.mark.parametrize(("width", "height"), [(78, 1), (78, 2), (98, 2), (118, 2)])
def test_rate_and_characters_a_second_are_said_from_80_columns_on(width, height):
    s = BASE._replace(seq_length=50, streams=16, steps_per_second=93.0, learning_rate=0.005, rate_now=0.004983)
    said = " ".join(" ".join(row_text(row) for row in draw_status(s, "", width, height)).split())
    assert "93 steps, 74k char" in said
    assert "rate 0.00498" in said


def test_the_clock_goes_beyond_a_day():
    assert [clock(s) for s in (0, 61, 3600, 100 * 3600)] == ["00:00:00", "00:01:01", "01:00:00", "100:00:00"]


@pytest.mark.parametrize("width", range(38, 200, 7))
@pytest.mark.parametrize("message", ["", "memory reset · u: undo", "nothing can be saved: the disk is full, and so on"])
def test_a_small_terminal_has_one_row_that_keeps_step_and_loss(width, message):
    [row] = draw_status(BASE, message, width, 1)
    assert row_width(row) <= width
    if not message or width >= 100:
        assert "12,300" in row_text(row)
        assert "3.17 bits" in row_text(row)
    if width >= 78:
        assert message in row_text(row)
        assert message or "rate 0.1" in row_text(row)


RECORDED = ("● recording 0:12, 340 kB", "● recording 0:12", "● rec 0:12", "rec")


@pytest.mark.parametrize("height", [1, 2])
@pytest.mark.parametrize("message", ["", "memory reset"])
def test_what_stands_beside_it_takes_the_form_that_leaves_the_numbers_room(message, height):
    seen = set()
    for width in range(28, 200):
        rows = draw_status(BASE, message, width, height, RECORDED)
        form = next(form for form in RECORDED if form in row_text(rows[0]))
        seen.add(form)
        assert (form, "attention") in rows[0] or (form + "  ", "attention") in rows[0]
        if rows[0][-1][0] == form:
            assert row_width(rows[0]) == width
        if width >= 50:
            assert row_width(rows[0]) <= width
            assert "12,300" in row_text(rows[0])
            assert not message or message in " ".join(map(row_text, rows))
    assert seen == set(RECORDED)
    alone = draw_status(BASE, message, 200, height)
    assert row_text(draw_status(BASE, message, 200, height, RECORDED)[0]).startswith(row_text(alone[0]))
