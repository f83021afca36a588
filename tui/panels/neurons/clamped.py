"""What holding a unit does, as pure functions from figures to rows: where it is active, elsewhere, beside others."""

import numpy as np

from charrnn.core.insight.neurons.clamp import At, Clamp, Clamped
from charrnn.core.units import bits

from ...drawing.bars import bar
from ...drawing.rows import Row, first_fitting
from ...drawing.text_lines import lines_of, text_row

NEXT: dict[At | None, At | None] = {None: "low", "low": "mean", "mean": "high", "high": None}  # what c does
LABEL = 10  # cells
BINS, ENOUGH = 40, 20  # and units that there have to be for a picture of all
FIGURES, MOST = 4, 7  # rows: without the texts, and with them


def signed(value: float) -> str:
    """So many bits more or less."""
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else f"{value:+.1g}".replace("-", "−")


def draw_clamped(clamp: Clamp, found: Clamped | None, width: int, height: int) -> list[Row]:
    """Which unit is held, what it costs where, how that compares with other units, and what is written then."""
    who: Row = [(f"{'held':<{LABEL}}", "attention"), (f"unit {clamp.unit} at its {clamp.at}", "strong")]
    keys: Row = [("   c: low, mean, high, off", "label")]
    if found is None or found.clamp[:3] != clamp[:3]:
        return [first_fitting([[*who, ("   the text is read again", "label")], who], width)][:height]
    value: Row = [(f", {found.value:+.2f}".replace("-", "−"), "plain")]
    when: Row = [(f", with the weights of step {found.step:,}", "label")]
    rows = [first_fitting([[*who, *value, *when, *keys], [*who, *value, *keys], [*who, *value], who], width)]
    rows += [_places(found, width), _beside(found, width), _histogram(found, width)]
    if height >= MOST:
        rows += _texts(found, width)
    return rows[:height]


def _change(before: float, after: float) -> tuple[str, str]:
    was, now = float(bits(before)), float(bits(after))
    return f"{was:.2f} → {now:.2f}", signed(now - was)


def _places(found: Clamped, width: int) -> Row:
    (was, more), (was_elsewhere, more_elsewhere) = (
        _change(before, after) for before, after in zip(found.before, found.after, strict=True)
    )
    share = "below 1%" if found.share < 0.005 else f"{found.share:.0%}"
    label: Row = [(" " * LABEL, "label")]
    long: Row = [
        *label,
        (f"where it is active, {share} of the text: ", "label"),
        (f"{was} bits, ", "plain"),
        (more, "attention"),
        ("   elsewhere: ", "label"),
        (f"{was_elsewhere} bits, ", "plain"),
        (more_elsewhere, "attention"),
    ]
    short: Row = [*label, (f"active ({share}) ", "label"), (more, "attention"), (" bits", "label")]
    short += [("   elsewhere ", "label"), (more_elsewhere, "attention")]
    return first_fitting([long, short], width)


def _beside(found: Clamped, width: int) -> Row:
    more = bits(found.more.astype(float))
    less = int((more[1:] < more[0]).sum())
    label: Row = [(" " * LABEL, "label"), ("in all ", "label"), (f"{signed(float(more[0]))} bits", "plain")]
    median: Row = [(", the median unit ", "label"), (signed(float(np.median(more))), "plain")]
    if found.asked < min(ENOUGH, found.units):
        some: Row = [(f"; {found.asked - 1:,} of {found.units - 1:,} others so far", "label")]
        return first_fitting([[*label, *some], label], width)
    asked = f" ({found.units:,} in all)" if found.asked < found.units else ""
    than = f"more than {less:,} of {found.asked - 1:,} others" if less else f"less than all {found.asked - 1:,} others"
    others: Row = [(f"; {than}{asked}", "label")] if found.asked > 1 else []
    return first_fitting([[*label, *median, *others], [*label, *median], label], width)


def _histogram(found: Clamped, width: int) -> Row:
    """How many units cost how much to hold, from the least to the most; the bar that this one is in stands out."""
    more = bits(found.more.astype(float))
    more = np.where(np.isfinite(more), more, 0.0)
    low, high = float(more.min()), float(more.max())
    label: Row = [(f"{'all units':<{LABEL}}", "label")]
    ends = f"{signed(low)} ", f" {signed(high)} bits"
    bins = max(4, min(BINS, width - LABEL - len(ends[0]) - len(ends[1])))
    if not high > low or found.asked < min(ENOUGH, found.units):
        return [*label, (ends[0].strip(), "plain")]
    counts, edges = np.histogram(more, bins, (low, high))
    own = min(bins - 1, int(np.searchsorted(edges, more[0], "right")) - 1)
    bars: Row = [
        (bar(count / counts.max()) if count else " ", "attention" if place == own else "mark")
        for place, count in enumerate(counts)
    ]
    return first_fitting([[*label, (ends[0], "plain"), *bars, (ends[1], "plain")], [*label, *bars]], width)


def _texts(found: Clamped, width: int) -> list[Row]:
    """The start of both texts; what is another character than without holding it stands out."""
    rows: list[Row] = []
    for name, text in (("it writes", found.plain), ("held", found.text)):
        lines = lines_of(text, width - LABEL, 0, breaks=False)
        if lines:
            roles = ["plain" if text[place] == found.plain[place] else "attention" for place in lines[0].places]
            rows.append([(f"{name:<{LABEL}}", "label"), *text_row(lines[0], roles)])
    return [[], *rows]
