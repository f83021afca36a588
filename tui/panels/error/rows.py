"""How far the error travels, as a pure function from figures to rows: a sentence, the picture, two tables.

The picture is in `decay`, the tables are in `tables`.
"""

from collections.abc import Sequence

from charrnn.core.insight.error_flow import ErrorFlow
from charrnn.core.insight.fading import Fading
from charrnn.core.insight.wanted import ErrorPoint

from ...drawing.rows import Row, wrapped
from .decay import Other, draw_decay
from .figures import felt_at_start, in_words, left_at
from .tables import draw_run, draw_table

FEW_WINDOWS = 10  # say nothing yet of what is usual
FURTHER = 25  # characters back that it tells of, too, in long windows beside other runs
NEAR = 5  # characters back that the sentence tells of
PICTURE, ENOUGH = 11, 16  # rows: what the picture has before anything else, and what it has before there is more
FEW_MATRICES = 5  # the classic network's: of more there is a table only where it leaves the picture large
TABLE = 2  # its place among the parts
LAST = "the last character"
HINTS = ("d: every matrix over the run", "d: the last step's table")


def draw_error(
    flow: ErrorFlow,
    points: Sequence[ErrorPoint],
    read: str,
    width: int,
    height: int,
    *,
    fading: Fading | None = None,
    others: Sequence[Other] = (),
    missing: str = "",
    every: bool = False,
    last: str = LAST,
) -> list[Row]:
    """The error at each step back, the table of this step, and the curves of the run; or of `every` matrix.

    `read` are the window's inputs, (T,), `missing` says what can't be drawn, `last` whose error it is. What has no room
    is left out: first the table, then the sentence.
    """
    words = wrapped(sentence(flow, fading, others, last), width, "plain")
    hint: list[Row] = [*wrapped(missing, width), [(HINTS[every], "label")]]
    table = [] if every else draw_table(flow, width)
    run = draw_run(points, width, 99 if every else 0, every=every)
    run = draw_run(points, width, max(len(run), height - len(words) - PICTURE - 1), every=every) if every else run
    parts: list[list[Row]] = [words, run, table, hint]
    kept = [True] * len(parts)
    least = PICTURE if len(flow.matrices) <= FEW_MATRICES else ENOUGH
    for place in (TABLE, 1, 0, 3) if not every else (0, 3, 1):
        left = height - sum(len(part) for part, there in zip(parts, kept, strict=True) if there)
        if left < (least if place == TABLE else PICTURE):
            kept[place] = False
    words, run, table, hint = (part if there else [] for part, there in zip(parts, kept, strict=True))
    spare = height - len(words) - len(run) - len(table) - len(hint)
    tall = max(4, min(spare, 99))
    below: list[Row] = [*table, *run]
    if table and run and tall > ENOUGH:
        below, tall = [*table, [], *run], tall - 1
    if below and tall > ENOUGH:
        below, tall = [[], *below], tall - 1
    picture = draw_decay(flow, fading, read, width, tall, others, all_of_it=last != LAST)
    return [*words, *picture, *below, *hint][:height]


def sentence(flow: ErrorFlow, fading: Fading | None, others: Sequence[Other] = (), last: str = LAST) -> str:
    """How much of the last character's error is left a few steps back, and at the start; there in other runs, too."""
    back = min(NEAR, len(flow.error_of_last) - 1)
    steps = "one step" if back == 1 else f"{back} steps"
    near = left_at(flow, len(flow.error_of_last) - 1 - back)
    said = f"Of {last}'s error, {near} is left {steps} back, {felt_at_start(flow)} at the start"
    if fading is None or fading.windows < FEW_WINDOWS:
        return f"{said}."
    if others:
        usual = [("this run", fading.middle), *((other.name, other.middle) for other in others)]
        said += f". Usually at the start: {', '.join(f'{name} {in_words(float(m[0]))}' for name, m in usual)}"
        if len(flow.error_of_last) > 2 * FURTHER:
            further = ", ".join(in_words(float(m[-1 - FURTHER])) for _, m in usual)
            said += f"; {FURTHER} steps back: {further}"
        return f"{said}."
    return f"{said}; mostly {in_words(float(fading.low[0]))} to {in_words(float(fading.high[0]))}."
