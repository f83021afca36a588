"""One training step, told in its phases with the real numbers, as a pure function from data to rows.

The step has been done when its telling begins: going back and forth in the telling changes nothing, and a told step is
a step like any other. What a phase says, writes and draws is in the modules beside this one; here it is put together.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from rich.cells import set_cell_size

from charrnn.core.insight.wanted import Insight

from ...drawing.rows import Row, first_fitting, row_width, wrapped
from . import detail, equations, of_examples, words
from .columns import Columns, columns_for
from .network import Boxes, Look, draw_network
from .plan import Plan, planned
from .step import Step, at_most, step_of

WIDE, SHORT = 74, 20  # cells in which a row holds a sentence; rows in which it has to
MOST_DETAIL = 8


class Phase(NamedTuple):
    """A part of a step: its name, what is said, written and drawn of it, and the panels that it is about.

    `subject` is the character that it is about, by its place.
    """

    name: str
    words: words.Words
    equations: equations.Equations
    detail: detail.Detail
    look: Look
    subject: Callable[[Step], float]
    panels: tuple[str, ...]


def _look(lit: str, boxes: Boxes, *, guessed: bool = True) -> Look:
    return Look(frozenset(lit.split()), boxes, guessed)


def _start(step: Step) -> int:
    return 0


def _end(step: Step) -> int:
    return step.length


def _dearest(step: Step) -> int:
    return at_most(step.costs)


IN, GIVEN = "h[0] memory", "input target"
THROUGH, TOLD = "h[0] memory Whh Wxh input", "cost target guess Why"
PHASES = (
    Phase(
        "the memory that came in", words.memory_in, equations.of_memory_in, detail.of_memory_in,
        _look(IN, "unknown", guessed=False), _start, ("memory",),
    ),
    Phase(
        "characters in", words.characters, equations.of_characters, detail.of_characters,
        _look(GIVEN, "unknown", guessed=False), _start, ("window",),
    ),
    Phase(
        "forward", words.forward, equations.of_forward, detail.of_forward,
        _look(THROUGH, "values", guessed=False), _start, ("memory", "neurons"),
    ),
    Phase(
        "chances and loss", words.loss, equations.of_loss, detail.of_loss,
        _look(TOLD, "read"), _dearest, ("window", "loss", "xray"),
    ),
    Phase(
        "the error goes back", words.error_back, equations.of_error_back, detail.of_error_back,
        _look("memory Whh", "error"), _end, ("error",),
    ),
    Phase(
        "clipping", words.clipping, equations.of_clipping, detail.of_clipping,
        _look("Wxh Whh Why", "read"), _end, ("error",),
    ),
    Phase(
        "the optimizer's update", words.update, equations.of_update, detail.of_update,
        _look("Wxh Whh Why", "read"), _end, ("error",),
    ),
    Phase(
        "memory carried on", words.carried_on, equations.of_carried_on, detail.of_carried_on,
        _look("memory out", "last values"), _end, ("memory", "loss"),
    ),
)  # fmt: skip


_OTHERWISE: tuple[dict[str, Any], ...] = (
    {"words": of_examples.memory_in, "equations": of_examples.of_memory_in, "panels": ()},
    {
        "name": "what comes in",
        "words": of_examples.comes_in,
        "equations": of_examples.of_comes_in,
        "detail": of_examples.detail_of_comes_in,
        "subject": of_examples.subject_in,
        "panels": (),
    },
    {"equations": of_examples.of_forward, "panels": ("neurons",), "subject": of_examples.subject_in},
    {
        "words": of_examples.loss,
        "equations": of_examples.of_loss,
        "detail": of_examples.detail_of_loss,
        "subject": of_examples.subject_of_loss,
        "panels": ("loss", "xray"),
    },
    {"words": of_examples.error_back, "equations": of_examples.of_error_back},
    {},
    {},
    {
        "name": "nothing carried on",
        "words": of_examples.carried_on,
        "equations": of_examples.of_carried_on,
        "detail": of_examples.detail_of_carried_on,
        "panels": ("loss",),
    },
)
PHASES_OF_EXAMPLES = tuple(phase._replace(**told) for phase, told in zip(PHASES, _OTHERWISE, strict=True))


def phases_of(insight: Insight) -> tuple[Phase, ...]:
    """The phases that a step is told in, as many for every task."""
    return PHASES if insight.task == "text" else PHASES_OF_EXAMPLES


def columns_of(step: Step, phase: int, width: int, first: int | None = None) -> Columns:
    """The characters that are drawn: those around the one that the phase is about, or from `first` on."""
    return columns_for(step.length, width, phases_of(step.insight)[phase].subject(step), first)


def draw_one_step(insight: Insight, phase: int, width: int, height: int, first: int | None = None) -> list[Row]:
    """A phase of the step: where it stands among the phases, its sentence, its equation, the network, its figures."""
    step = step_of(insight)
    if step is None or width < 1 or height < 1:
        return []
    phases = phases_of(insight)
    now, columns = phases[phase], columns_of(step, phase, width, first)
    most = _most_lines(width, height)
    plan = _plan(step, columns, width, height, most)
    rows: list[Row] = [_head(phase, phases, columns, width)]
    rows += _filled(said(now.words(step), width, most), plan.sentence)
    rows += [[]] * plan.rows("…equation")
    rows += _filled(equations.draw_equations(now.equations(step), width, plan.shapes), plan.equation)
    rows += [[]] * plan.rows("…cost")
    if plan.network.memory:
        rows += draw_network(step, now.look, columns, plan.network)
    rows += [[]] * plan.rows("…detail")
    if plan.rows("detail"):
        rows += _filled(now.detail(step, columns, width, plan.rows("detail")), plan.rows("detail"))
    rows = rows[:height]
    if plan.rows("hint"):
        rows += [[]] * (height - 1 - len(rows))
        rows.append(_hint(columns, width))
    return [within(row, width) for row in rows]


def _most_lines(width: int, height: int) -> int:
    """How many rows a sentence may take."""
    if width < 58:
        return max(1, min(4, height // 3))
    return 1 if width >= WIDE and height < SHORT else 2


def _plan(step: Step, columns: Columns, width: int, height: int, most: int) -> Plan:
    phases = phases_of(step.insight)
    sentence = max(len(said(phase.words(step), width, most)) for phase in phases)
    written = [phase.equations(step) for phase in phases]
    lines = [max(len(equations.lines_of(each, width, shapes)) for each in written) for shapes in (False, True)]
    figures = max(len(phase.detail(step, columns, width, MOST_DETAIL)) for phase in phases if phase.name != "forward")
    return planned(height, sentence, (lines[0], 2 * lines[1]), figures, network=columns.drawn > 0)


def said(forms: Sequence[str], width: int, most: int) -> list[Row]:
    """The first form that has room in so many rows, in whole words; the last one, where none has."""
    lines: list[Row] = []
    for form in forms:
        lines = wrapped(form, width, "plain")
        if len(lines) <= most:
            break
    return lines[:most]


def _filled(rows: Sequence[Row], height: int) -> list[Row]:
    """As many rows as have been planned."""
    return [*rows[:height], *([[]] * (height - len(rows)))]


def _head(phase: int, phases: Sequence[Phase], columns: Columns, width: int) -> Row:
    """Where this phase is among the others, and how much of the window is out of sight."""
    count = len(phases)
    dots: Row = [("●" * phase, "label"), ("●", "alive"), ("○" * (count - phase - 1), "mark"), ("  ", "plain")]
    name = (phases[phase].name, "strong")
    place: Row = [(f"{phase + 1} of {count}  ", "label")]
    after = columns.last - columns.first
    left = [*place, *dots, name]
    for earlier, later in ((" more", " more"), ("", "")):
        before = [f"◂ {columns.first:,}{earlier}"] * (columns.first > 0)
        hidden = " · ".join(before + [f"{after:,}{later} ▸"] * (after > 0))
        room = width - row_width(left) - len(hidden)
        if room >= 2 and columns.drawn:
            return [*left, (" " * room + hidden, "label")]
    return first_fitting([left, [*place, name], [name]], width)


def _hint(columns: Columns, width: int) -> Row:
    """The keys that go on from here."""
    keys = [("n", "next"), ("N", "back"), ("space", "train on")]
    along = [("← →", "along the window")] if 0 < columns.drawn < columns.total else []
    forms = ([*keys, *along], [*keys, *((key, "along") for key, _ in along)], keys, keys[:2])
    return first_fitting([_keys(form) for form in forms], width)


def _keys(keys: Sequence[tuple[str, str]]) -> Row:
    return [span for key, does in keys for span in ((key, "strong"), (f" {does}   ", "label"))]


def within(row: Row, width: int) -> Row:
    """The row, cut where it is wider than the room."""
    if row_width(row) <= width:
        return row
    cut: Row = []
    for text, role in row:
        room = width - row_width(cut)
        cut.append((text if row_width([(text, role)]) <= room else set_cell_size(text, room), role))
    return cut
