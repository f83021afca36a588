"""What somebody may want to know of the inside, and what they get: plain data, for any thread to look at.

Which of it is worked out when is in `observer`.
"""

from dataclasses import dataclass
from typing import NamedTuple

from ..network.parameters import Array
from ..optimizers.clipping import Clipping
from .asked.alike import MarkedPlace, Place
from .asked.causes import Causes
from .asked.typed import Typed, Typing
from .clock import NONE, Clock
from .error_flow import ErrorFlow
from .examples.answers import FIRST, Answers, Chosen, Confusion
from .examples.covering import Word
from .examples.translating import Places, TwoWays
from .examples.trying import Tried, TriedOut
from .fading import Fading
from .lab import LabView
from .neurons.clamp import Clamp, Clamped
from .neurons.inside import Inside
from .neurons.marker import Marked
from .neurons.tracking import Tracking
from .reading import Reading

READING = "reading"  # the last window, character by character
SAMPLE_READING = "sample reading"  # the newest sample, read again
INSIDE = "inside"  # units and gates of a layer, over the last window and the newest sample
TRACKING = "tracking"  # what each of these units and gates follows
ERROR_FLOW = "error flow"  # the last step, seen from behind
ERROR_POINTS = "error points"  # the same over the run, as long as it is wanted
LAB_TEXTS = "lab texts"  # texts drawn now, side by side
CAUSES = "causes"  # what each character of the last window did for each guess
SAMPLE_CAUSES = "sample causes"  # the same in the newest sample, read again
CLAMPED = "clamped"  # what holding a unit does
MARKED = "marked"  # which units follow the matches of a pattern
MARKED_PLACE = "marked place"  # the memory at a place that somebody has marked
TYPED = "typed"  # what is made of a text that somebody types
CLOCK = "clock"  # whether the memory ticks
ANSWERS = "answers"  # what is said of some examples
CONFUSION = "confusion"  # which labels are taken for which
COVERED = "covered"  # what the words of a description depend on; with the answers
WAYS = "two ways"  # the chosen sentence, told what is right and written alone; with the answers
ORIGINS = "origins"  # what each sign of its translation comes from, without attention; with the answers
PLACES = "places"  # which signs of translations are right, by place
TRIED = "tried"  # what is said of something that somebody has typed or painted
NEEDS = frozenset(
    {
        *(READING, SAMPLE_READING, INSIDE, TRACKING, ERROR_FLOW, ERROR_POINTS, LAB_TEXTS, CAUSES),
        *(SAMPLE_CAUSES, TYPED, CLAMPED, MARKED, MARKED_PLACE, CLOCK),
        *(ANSWERS, CONFUSION, COVERED, WAYS, ORIGINS, PLACES, TRIED),
    }
)


@dataclass(frozen=True)
class Wanted:
    """The names of the data that are needed, some of `NEEDS`; the text that the lab's texts begin with; a layer.

    That is the one whose inside is wanted, from 0; -1 is the last. `chosen` is the example that is looked at, `tried`
    what somebody typed or painted for it, `typing` a text that is typed, `clamp` a
    unit that is held, `marker` a regular expression, `place`
    one that is marked.
    """

    needs: frozenset[str] = frozenset()
    prime: str = ""
    layer: int = -1
    chosen: Chosen = FIRST
    tried: Tried | None = None
    typing: Typing | None = None
    clamp: Clamp | None = None
    marker: str = ""
    place: Place | None = None

    def __or__(self, other: "Wanted") -> "Wanted":
        """What both want; a beginning or a layer that one of them has counts for both, and the later choice."""
        layer = self.layer if self.layer >= 0 else other.layer
        chosen = max(self.chosen, other.chosen, key=lambda c: c.turn)
        return Wanted(
            self.needs | other.needs,
            self.prime or other.prime,
            layer,
            chosen,
            self.tried or other.tried,
            self.typing or other.typing,
            self.clamp or other.clamp,
            self.marker or other.marker,
            self.place or other.place,
        )


class ErrorPoint(NamedTuple):
    """An ErrorFlow in five numbers, for looking back over the run.

    `reach` is the share of the last character's error that is felt at the window's start; `ratios` and `rates` are
    by matrix, as `matrices` names them.
    """

    step: int
    reach: float
    clipped: float
    saturated: float
    ratios: tuple[float, ...]
    rates: tuple[float, ...]
    matrices: tuple[str, ...]


class Insight(NamedTuple):
    """The inside of the network after `step` steps; what isn't among its `needs` is None.

    `window` is the last step's, with `loss`, `rate` (0 where it changed nothing) and the smooth losses before and
    after it, in nats for each prediction; it starts at `position` in the text. `sample` is the newest one, read again.
    """

    step: int
    text: str  # the window's inputs, or those of the first example of the batch
    position: int
    fresh: bool
    loss: float
    rate: float
    smooth_before: float
    smooth: float
    symbols: int  # of the text: how many there are to guess from, or that can be said
    optimizer: str  # its name
    clipping: Clipping
    task: str = "text"
    reads: int = 0  # signs that examples are made of; 0: those that can be said
    attends: bool = False
    cell: str = "rnn"
    layers: int = 1
    streams: int = 1
    window: Reading | None = None
    sample: Reading | None = None
    sample_step: int = 0
    inside: Inside | None = None  # of the window
    sample_inside: Inside | None = None
    tracking: dict[str, Tracking] | None = None  # by part of that layer
    error_flow: ErrorFlow | None = None
    error_points: tuple[ErrorPoint, ...] = ()
    fading: Fading | None = None
    lab: LabView | None = None
    causes: Causes | None = None
    sample_causes: Causes | None = None
    typed: Typed | None = None
    clamped: Clamped | None = None
    marked: Marked | None = None
    marked_place: MarkedPlace | None = None
    clock: Clock = NONE
    answers: Answers | None = None
    confusion: Confusion | None = None
    covered: tuple[Word, ...] = ()
    ways: TwoWays | None = None
    origins: Array | None = None
    places: Places | None = None
    tried: TriedOut | None = None
    needs: frozenset[str] = frozenset()  # what it was worked out for
