"""What the chart marks along a run: every kind, with its sign and its words. The only table of them."""

from typing import Literal, NamedTuple, get_args

Kind = Literal["rate", "reset", "wrap", "file", "restart", "back", "undo", "climbing", "diverged"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class MarkKind(NamedTuple):
    """`symbol` is one cell wide, `marker` is matplotlib's name of a like sign; `name` stands in legends.

    `meaning` explains it under the cursor. `undoable`: a person did it, and may take it back. `lands`: it stands where
    the run is then, whatever came later before. `silent`: the status has other words for it, or none. `told`: a
    person without a screen hears of it. `passing`: training comes by there again and again; it stands on the axis.
    """

    symbol: str
    marker: str
    name: str
    meaning: str = ""
    undoable: bool = False
    lands: bool = False
    silent: bool = False
    told: bool = False
    passing: bool = False


MARKS: dict[Kind, MarkKind] = {
    "rate": MarkKind("▼", "v", "learning rate", undoable=True),
    "reset": MarkKind("◆", "D", "memory reset", "the hidden state was emptied, the weights stayed", undoable=True),
    "wrap": MarkKind("↺", "", "new epoch", "a new pass begins, with an empty memory", silent=True, passing=True),
    "file": MarkKind("¦", "", "new file", "the next file of the text, with an empty memory", silent=True, passing=True),
    "restart": MarkKind("↻", "o", "restart", "the faint line is what was given up", undoable=True, lands=True),
    "back": MarkKind("↶", "<", "back", "the faint line is what was given up", lands=True, told=True),
    "undo": MarkKind("↶", "<", "undo", "the run is where it was before", lands=True),
    "climbing": MarkKind("!", "^", "climbing", "the rate may be too high", silent=True, told=True),
    "diverged": MarkKind("✕", "x", "diverged", "the step was not taken", silent=True, told=True),
}


class Mark(NamedTuple):
    """Something that happened between two steps; `number` counts all marks of the run."""

    number: int
    step: int
    kind: Kind
    text: str
    rate_before: float | None = None  # the learning rate until then, where it was changed
