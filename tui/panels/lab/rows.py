"""The sample lab, as pure functions from data to rows: texts side by side, a timeline, and a sample with its copies."""

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells

from charrnn.core.insight.lab import Drawn, LabView
from charrnn.core.text.copies import Copies
from charrnn.core.text.visible import NEWLINE, clusters, flowing, readable
from charrnn.core.training.journal import Sample

from ...drawing.rows import Row, first_fitting, row_width
from ...drawing.spots import Drawing, Spot

NARROWEST = 24  # cells of a column that can be read
HINTS = (
    "← → or a click: another sample   i: begin with   c: without   t T: temperature",
    "← → sample   i begin with   c without   t T temperature",
)


def draw_lab(
    samples: Sequence[Sample],
    chosen: Sample | None,
    lab: LabView | None,
    copies: Copies | None,
    temperature: float,
    width: int,
    height: int,
) -> Drawing:
    """What is drawn now above, what was drawn before below; `chosen` is one of `samples`."""
    hints: list[Row] = [[(hint, "label")] for hint in HINTS]
    upper = max(3, (height - 3) * 3 // 5) if chosen else height - 1
    rows = draw_drawn(lab, temperature, width, upper) if lab else []
    drawing = Drawing(rows, [])
    if chosen:
        room = height - len(rows) - 1
        drawing.rows.append([])
        row, drawing_spots = draw_timeline(samples, chosen, width, len(drawing.rows))
        drawing.rows.append(row)
        drawing.spots.extend(drawing_spots)
        drawing.rows.append(draw_share(chosen, copies, width))
        drawing.rows.extend(shortened(draw_copied(chosen.text, copies.spans if copies else (), width), room - 3))
    drawing.rows.extend([[]] * (height - 1 - len(drawing.rows)))
    del drawing.rows[height - 1 :]
    drawing.rows.append(first_fitting(hints, width))
    return drawing


def shortened(rows: list[Row], height: int) -> list[Row]:
    """At most so many of the rows; where some are left out, the last one says so."""
    while rows and not rows[-1]:
        rows = rows[:-1]
    return rows if len(rows) <= height else [*rows[: max(0, height - 1)], [("…", "label")]][: max(0, height)]


def name_of(drawn: Drawn, temperature: float) -> str:
    """What a column is headed with."""
    name = "greedy" if drawn.temperature == 0 else f"{drawn.temperature:g}"
    return f"{name} (the run's)" if drawn.temperature == temperature else name


def draw_drawn(lab: LabView, temperature: float, width: int, height: int) -> list[Row]:
    """The texts in columns, or below each other where columns would be too narrow to read."""
    count = len(lab.drawn)
    begin = f"from “{readable(lab.prime)}”" if lab.prime else "from a new line"
    first: Row = [(f"step {lab.step:,}, {begin}, always the same random numbers", "label")]
    short: Row = [(f"step {lab.step:,}, {begin}, the same seed", "label")]
    rows: list[Row] = [first_fitting([first, short], width)]
    if width < count * (NARROWEST + 2):
        each = max(1, (height - 1) // count)
        for drawn in lab.drawn:
            rows += _stacked(drawn, temperature, width, each)
        return rows[:height]
    wide = width // count
    columns = [_column(drawn, temperature, wide - 2, height - 1) for drawn in lab.drawn]
    for y in range(max(map(len, columns))):
        row: Row = []
        for column in columns:
            cell = column[y] if y < len(column) else []
            row += [*cell, (" " * (wide - row_width(cell)), "plain")]
        rows.append(row)
    return rows


def _column(drawn: Drawn, temperature: float, width: int, height: int) -> list[Row]:
    now = drawn.temperature == temperature
    heading: Row = [(name_of(drawn, temperature), "alive" if now else "strong")]
    return [heading, *shortened(draw_copied(drawn.text, (), width), height - 1)]


def _stacked(drawn: Drawn, temperature: float, width: int, height: int) -> list[Row]:
    """The heading before the text, line ends shown instead of broken."""
    label = f"{name_of(drawn, temperature):<14}"
    text = flowing(drawn.text.replace("\n", NEWLINE))
    rows: list[Row] = []
    lines = chop_cells(text, max(1, width - len(label) - 1)) or [""]
    for n, line in enumerate(lines[:height]):
        role = "alive" if drawn.temperature == temperature else "strong"
        rows.append([(label if n == 0 else " " * len(label), role), (line, "plain")])
    return shortened(rows, height) if len(lines) <= height else [*rows[:-1], [*rows[-1], ("…", "label")]]


def draw_timeline(samples: Sequence[Sample], chosen: Sample, width: int, y: int) -> tuple[Row, list[Spot]]:
    """Every kept sample along the run, from step 0 to the newest, and where each can be pointed at."""
    left, right = "0 ", f" {samples[-1].step:,}"
    room = max(1, width - len(left) - len(right))
    last = max(samples[-1].step, 1)
    places = [min(room - 1, sample.step * (room - 1) // last) for sample in samples]
    here = places[samples.index(chosen)]
    taken = dict(zip(places, range(len(samples)), strict=True))
    cells = ["●" if x == here else "┴" if x in taken else "─" for x in range(room)]
    row: Row = [
        (left, "label"),
        ("".join(cells[:here]), "faint"),
        ("●", "alive"),
        ("".join(cells[here + 1 :]), "faint"),
        (right, "label"),
    ]
    spots = [
        Spot(
            y, len(left) + x, len(left) + x + 1, ("sample", min(range(len(samples)), key=lambda n: abs(places[n] - x)))
        )
        for x in range(room)
    ]
    return row, spots


def draw_share(chosen: Sample, copies: Copies | None, width: int) -> Row:
    """How much of the sample is new."""
    row: Row = [(f"sample of step {chosen.step:,}", "strong")]
    if copies is None:
        return [*row, ("  looked for in the text …", "label")]
    new = round(100 * copies.share_new)
    share = [(f"  {new}% new", "attention")]
    longer = (f", {100 - new}% underlined: in the text word for word, {copies.least} characters or more", "label")
    shorter = (f", {100 - new}% copied in spans of {copies.least} or more", "label")
    shortest = (", underlined: copied", "label")
    return first_fitting([[*row, *share, end] for end in (longer, shorter, shortest)] + [[*row, *share]], width)


def draw_copied(text: str, spans: Sequence[tuple[int, int]], width: int) -> list[Row]:
    """The text in lines of at most `width` cells; what lies in one of the spans has the role `copied`."""
    copied = bytearray(len(text))
    for start, end in spans:
        copied[start:end] = b"\1" * (end - start)
    rows: list[Row] = [[]]
    x = 0
    place = 0
    for c in clusters(text):
        shown = NEWLINE if c == "\n" else flowing(c)
        role = "faint" if c == "\n" else "copied" if copied[place] else "plain"
        if x + cell_len(shown) > width:
            rows.append([])
            x = 0
        row = rows[-1]
        if row and row[-1][1] == role:
            row[-1] = (row[-1][0] + shown, role)
        else:
            row.append((shown, role))
        x += cell_len(shown)
        place += len(c)
        if c == "\n":
            rows.append([])
            x = 0
    return rows
