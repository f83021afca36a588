import pytest
from rich.cells import cell_len

from charrnn.core.live.snapshot import Guess, WindowView
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.window.rows import draw_window, level, percent


def view(text, probability=0.5, guesses="abcde"):
    return WindowView(
        text[:-1],
        text[1:],
        tuple([probability] * (len(text) - 1)),
        tuple(Guess(c, 0.4 / (n + 1)) for n, c in enumerate(guesses)),
    )


def test_targets_stand_under_inputs():
    rows = [row_text(r) for r in draw_window(view("hello worlds"), 40, 5)]
    assert rows[0] == "input  h e l l o · w o r l d "
    assert rows[1] == "target e l l o · w o r l d s "
    assert rows[2].startswith("chance ▄ ▄")


@pytest.mark.parametrize(
    "text",
    ["半边街只有半边。", "a\tb\nc\x1b[31m\0", "e\u0301e\u0301", "😀a中\u200db", "[/]x[bold]", "\U0001f1e9\U0001f1ea."],
)
def test_pairs_stay_aligned_whatever_the_text(text):
    inputs, targets, chances, *_ = draw_window(view(text), 70, 5)
    assert row_width(inputs) == row_width(targets) == row_width(chances)
    starts, x = [], 0
    for span, _ in inputs:
        starts.append(x)
        x += cell_len(span)
    ends, x = [], 0
    for n, (span, _) in enumerate(targets):
        if n == 0 or n % 2:
            ends.append(x)
        x += cell_len(span)
    assert starts == ends
    for row in (inputs, targets):
        assert row_text(row).isprintable()


def test_markup_is_shown_as_it_stands():
    assert row_text(draw_window(view("[bold]x"), 60, 5)[0]) == "input  [ b o l d ] "


def test_each_target_is_shaded_by_its_probability():
    shades = [draw_window(view("ab", p), 40, 5)[1][1][1] for p in (0.0, 0.01, 0.5, 1.0)]
    assert shades == ["p0", "p0", "p4", "p8"]
    assert [level(p) for p in (float("nan"), -0.1, 1.1)] == [0, 0, 8]


def test_shade_and_bar_say_the_same():
    rows = draw_window(view("ab", 0.75), 40, 5)
    assert rows[1][1][1] == "p6"
    assert rows[2][1][0].strip() == "▆"


@pytest.mark.parametrize("length", [2, 26, 60, 400])
@pytest.mark.parametrize(("width", "height"), [(78, 4), (58, 10), (70, 12), (20, 5), (8, 2), (3, 3)])
def test_any_window_fits_any_panel(length, width, height):
    rows = draw_window(view("x" * length), width, height)
    assert len(rows) <= height


def test_a_long_window_goes_on_below_and_says_what_is_left_out():
    text = "".join(chr(97 + n % 26) for n in range(101))
    rows = [row_text(r) for r in draw_window(view(text), 58, 20)]
    assert "".join(r[7:] for r in rows if r.startswith("input")).replace(" ", "") == text[:-1]
    rows = [row_text(r) for r in draw_window(view(text), 58, 4)]
    assert rows[0].startswith("input… ")
    assert rows[0][7:] == text[49:100]
    assert rows[1][7:] == text[50:101]
    assert rows[3].startswith("next")


def test_the_five_best_guesses_have_bars_and_the_right_one_is_ticked():
    rows = [row_text(r) for r in draw_window(view("hello wob"), 60, 12)]
    guesses = rows[4:]
    assert [r[7] for r in guesses] == list("abcde")
    assert "40%" in guesses[0]
    assert [("✓" in r) for r in guesses] == [False, True, False, False, False]
    assert guesses[0].count("━") > guesses[1].count("━") > guesses[4].count("━")


def test_in_a_flat_panel_the_guesses_stand_in_one_row():
    rows = [row_text(r) for r in draw_window(view("hello wob"), 70, 4)]
    assert len(rows) == 4
    assert rows[3].startswith("next   a 40%")
    assert "✓" in rows[3]


def test_percentages_keep_their_width():
    assert [percent(p) for p in (1.0, 0.414, 0.05, 0.004, 0.0)] == ["100%", " 41%", "  5%", " <1%", "  0%"]
