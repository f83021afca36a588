"""What there is to show at one moment: made once for each look at the trainer, and handed to every panel on screen.

A panel picks its own part out of it; nobody else knows which part that is.
"""

from collections.abc import Callable
from typing import NamedTuple

from charrnn.core.cli.rivals.beside import Seen
from charrnn.core.curves.past_runs import PastRun
from charrnn.core.insight.asked.alike import Alike, MarkedPlace
from charrnn.core.insight.examples.translating import Places
from charrnn.core.insight.fading import Fading
from charrnn.core.insight.wanted import Insight
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.settings import Settings
from charrnn.core.text.copies import Copies
from charrnn.core.text.vocabulary import Vocabulary
from charrnn.core.training.journal import Sample


class Told(NamedTuple):
    """What a panel that tells a part of a step says to the others: which of them it is about.

    `memory` is the hidden state in that part of the step, where that isn't the one after it.
    """

    panels: tuple[str, ...] = ()
    memory: tuple[float, ...] | None = None


class Scene(NamedTuple):
    """The run as the trainer showed it last, and what is known beside that.

    `now` is a clock in seconds; `at_once`: also where the last scene hasn't been on screen for long, which is
    `patience` times as long as usual. `lines` are losses to compare with: names, and nats per character. `compare` are
    runs to draw beside this one. `copies` says what a sample has copied from the text, once that has been found out,
    and `faded` how errors fade in those runs over windows of so many characters, or why that isn't known. `attends`:
    the network may look at the source; `places_before` is where one was right that was left for this one. `unit` is
    the one that is chosen. `alike` says where else the memory looks like at a place, once that is known.
    `rivals` train beside it now, and their curves are among those to `compare`; its own `settings`, and how many
    `weights` it has.
    """

    snapshot: Snapshot
    now: float
    vocabulary: Vocabulary
    lines: tuple[tuple[str, float], ...]
    compare: tuple[PastRun, ...]
    copies: Callable[[Sample], Copies | None]
    faded: Callable[[int], tuple[Fading | str | None, ...]] = lambda _: ()
    told: Told = Told()
    at_once: bool = False
    patience: float = 1.0
    attends: bool = False
    places_before: Places | None = None
    unit: int | None = None
    alike: Callable[[MarkedPlace], Alike | str | None] = lambda _: None
    rivals: tuple[Seen, ...] = ()
    settings: Settings = Settings()
    weights: int = 0

    @property
    def insight(self) -> Insight | None:
        """The inside of the network, as far as it was wanted."""
        return self.snapshot.insight

    @property
    def paused(self) -> bool:
        """Whether nothing changes until somebody asks for it."""
        return self.snapshot.state == "paused"
