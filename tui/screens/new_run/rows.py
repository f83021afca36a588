"""How the form is drawn: functions from data to rows. Which cells are which choice is said beside them."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from charrnn.core.text.visible import readable

from ...drawing.rows import Row, first_fitting, fitted, heading_row, row_width, wrapped
from .completing import Completions, as_shown

LABEL = 16  # cells before a field
MARK = "▲ "
SHELL = "the same from a shell"
REST = " ^s copies it all"
SAVED, GONE = "the one that runs now is saved, and left", "the one that runs now isn't saved, and is gone then"
SHORTER = {SAVED: "this one is saved", GONE: "this one is gone then"}


class Spot(NamedTuple):
    """Cells from `start` to before `end` of row `y`, which are a choice."""

    y: int
    start: int
    end: int
    value: str


def heading_rows(saved: bool, width: int) -> list[Row]:
    """What this is, and what becomes of the run that is there."""
    said, role = (SAVED, "plain") if saved else (GONE, "attention")
    titles: list[Row] = [[("New run", "strong"), (f" {text} ", role)] for text in (said, SHORTER[said])]
    return [heading_row(first_fitting(titles, width - 5), width, focused=True)]


def label_span(label: str, focused: bool) -> tuple[str, str]:
    """A field's name, up to its field."""
    return f"{label:>{LABEL - 1}} ", "strong" if focused else "label"


def choice_rows(
    label: str, choices: Sequence[tuple[str, str]], chosen: str, width: int, *, note: str = "", focused: bool = False
) -> tuple[list[Row], list[Spot]]:
    """Choices as words in a row, or in as many as they need, and where they are."""
    rows: list[Row] = [[label_span(label, focused)]]
    spots: list[Spot] = []
    for value, name in choices:
        if row_width(rows[-1]) + cell_len(name) + 2 > width and len(rows[-1]) > 1:
            rows.append([(" " * LABEL, "plain")])
        start = row_width(rows[-1])
        spots.append(Spot(len(rows) - 1, start, start + cell_len(name) + 2, value))
        on = ("alive|band" if focused else "strong|band") if value == chosen else "label"
        rows[-1] += [(f" {name} ", on), (" ", "plain")]
    if note and row_width(rows[-1]) + cell_len(note) + 2 <= width:
        rows[-1].append((f"  {note}", "mark"))
    return rows, spots


def note_rows(note: str, problem: str, width: int) -> list[Row]:
    """What is said beside a box: what is wrong with it, whole, else what it is where that has room."""
    if problem:
        return problem_rows(problem, width)
    return [[(note, "label")]] if note and cell_len(note) <= width else [[]]


def problem_rows(problem: str, width: int) -> list[Row]:
    """A sentence that wants attention."""
    lines = wrapped(readable(problem), max(1, width - len(MARK)), "attention")
    return [[(MARK if not n else " " * len(MARK), "attention"), *line] for n, line in enumerate(lines)]


def completion_rows(completions: Completions, marked: int, width: int) -> list[Row]:
    """Paths to choose from, the marked one in front, and what each is."""
    shown = [as_shown(found.path) for found in completions.found]
    notes = max((len(found.note) for found in completions.found), default=0)
    room = max(8, width - notes - 5)
    longest = min(room, max(map(cell_len, shown), default=0))
    rows: list[Row] = []
    for n, found in enumerate(completions.found):
        name = _end_of(shown[n], longest)
        gap = " " * (longest - cell_len(name) + 2)
        role = "strong" if n == marked else "plain"
        rows.append([("▶ " if n == marked else "  ", "attention"), (name, role), (gap + found.note, "label")])
    if completions.more:
        rows.append([(f"  and {completions.more:,} more", "label")])
    return rows


def _end_of(text: str, width: int) -> str:
    """The text, or as much of its end as has room: paths differ there."""
    if cell_len(text) <= width:
        return text
    while cell_len(text) > width - 1:
        text = text[1:]
    return f"…{text}"


def line_rows(line: str, width: int, most: int) -> list[Row]:
    """The line to type into a shell, in `most` rows at most."""
    narrow = width < 72
    before = "" if narrow else f"  {SHELL}   "
    indent = " " * (2 if narrow else len(before))
    lines: list[Row] = [[("—", "label")]]
    if line:
        lines = wrapped(readable(line), max(1, width - len(indent)), "strong", at_hyphens=False)
    head: list[Row] = [[(f"  {SHELL}", "label")]] if narrow and len(lines) < most else []
    if len(lines) > most:
        lines = lines[:most]
        room = width - len(indent) - len(REST)
        lines[-1] = [(fitted(lines[-1][0][0], room - 1).rstrip("…") + "…", "strong"), (REST, "label")]
    rows = [[(indent, "label"), *line] for line in lines]
    if before:
        rows[0][0] = (before, "label")
    return [*head, *rows]


def weights_row(weights: int | None) -> Row:
    """About how much is learnt: two figures of it, as more would be made up."""
    if weights is None:
        return [("  the number of weights is known when it is read", "label")]
    return [("  about ", "label"), (f"{int(float(f'{weights:.1e}')):,} weights", "strong")]


def start_row(said: str, *, problem: bool, focused: bool, ready: bool) -> Row:
    """The way to begin, and what keeps one from it or goes on."""
    role = "label|band" if not ready else "alive|band" if focused else "strong|band"
    return [
        (" " * LABEL, "plain"),
        ("  Start  ", role),
        ("  ", "plain"),
        (f"{MARK}{said}" if problem else said, "attention" if problem else "alive"),
    ]
