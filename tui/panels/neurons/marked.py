"""Who follows somebody's own marker, as a pure function from figures to rows: a row for each form of it."""

import numpy as np

from charrnn.core.insight.neurons.inside import SIGNED
from charrnn.core.insight.neurons.marker import BEST, FEW, FORMS, Follower, Form, Marked
from charrnn.core.text.visible import readable

from ...drawing.rows import Row, first_fitting, fitted, row_width, wrapped

LABEL = max(map(len, FORMS)) + 2  # cells
PATTERN = 30  # cells of it that are shown
WHO = 3  # cells of a unit's number
WIDEST, WIDEST_GATED = WHO + 20, WHO + 29  # cells of a follower


def strength(found: Marked, part: str) -> np.ndarray | None:
    """How closely each unit's part follows it in the form that is followed most closely, (H,)."""
    known = found.auc.get(part)
    if known is None:
        return None
    closest: np.ndarray = np.abs(known - 0.5).max(0)
    return closest


def best_unit(found: Marked) -> Follower | None:
    """The closest of all followers."""
    followers = [form.followers[0] for form in found.forms if form.followers]
    return max(followers, key=lambda f: abs(f.found - 0.5), default=None)


def draw_marked(pattern: str, found: Marked | None, width: int) -> list[Row]:
    """The pattern and its matches, and for each form the closest followers with what chance reaches."""
    shown: Row = [("/ ", "attention"), (fitted(readable(pattern), PATTERN), "strong")]
    if found is None or found.pattern != pattern:
        return [[*shown, ("   is looked for", "label")]]
    if found.problem:
        said = readable(found.problem)
        whole: Row = [*shown, (f"   {said}", "attention")]
        return [whole] if row_width(whole) <= width else wrapped(said, width, "attention")
    some = "1 match" if found.matches == 1 else f"{found.matches:,} matches"
    where: Row = [(f"   {some} in {found.characters:,} characters", "plain")]
    when: Row = [(f", with the weights of step {found.step:,}", "label")]
    if not found.forms:
        few: Row = [(f": fewer than {FEW} tell nothing", "attention")]
        return [first_fitting([[*shown, *where, *few], [*shown, (f"   {some}", "plain"), *few]], width)]
    keys: Row = [("   / another, or none", "label")]
    heads: list[Row] = [[*shown, *where, *when, *keys], [*shown, *where, *keys], [*shown, *where], shown]
    rows = [first_fitting(heads, width)]
    gated = len(found.auc) > 1
    rows += [_form(form, width, gated) for form in found.forms]
    told = (
        "AUC: how often a unit is higher there than elsewhere (½: nothing); in brackets on the other half of the text.",
        "AUC, how often it is higher there; in brackets on the other half of the text.",
        "AUC; in brackets on the other half of the text.",
    )
    rows.append(first_fitting([[(text, "label")] for text in told], width))
    return rows


def _form(form: Form, width: int, gated: bool) -> Row:
    row: Row = [(f"{form.name:<{LABEL}}", "label")]
    if not form.followers:
        return [*row, ("too rare, or nearly everywhere", "label")]
    chance: Row = [(f"by chance {form.chance:.2f}", "label")]
    # Each in as many cells as the widest may take, so that all forms stand in columns.
    slot = WIDEST_GATED if gated else WIDEST
    parts = [_follower(follower, form.chance, gated) for follower in form.followers]
    ends = row_width(chance) if LABEL + slot + row_width(chance) <= width else 0
    count = max(1, (width - LABEL - ends) // slot)
    for part in parts[:count]:
        row += [*part, (" " * (slot - row_width(part)), "plain")]
    row += [(" " * slot * (min(count, BEST) - len(parts[:count])), "plain")]
    return [*row, *chance] if ends else row


def _follower(f: Follower, chance: float, gated: bool) -> Row:
    """High or low, opens or shuts; what is within what chance reaches is grey."""
    signed = f.part in SIGNED
    does = ("low", "high") if signed else ("shuts", "opens")
    high = f.found >= 0.5
    found, confirmed = (value if high else 1 - value for value in (f.found, f.confirmed))
    who = f"{f.unit}" if not gated or f.part == "h" else f"{f.unit} {f.part}"
    certain = "attention" if min(found, confirmed) > chance else "label"
    return [(f"{who:>{WHO}} ", "strong"), (f"{does[high]:<4} {found:.2f}", certain), (f" ({confirmed:.2f})", "label")]
