"""What a run's log says of it, put together: its curve, its marks, and what was done to it.

Reading the file is in `log_reader`.
"""

from array import array
from dataclasses import dataclass, field

from ..settings import Settings
from ..text.identity import CorpusIdentity
from ..training.marks import Mark
from ..training.replay import Action, Replay

Columns = tuple["array[int]", "array[float]", "array[float]", "array[float]"]


class LogError(ValueError):
    """The file can't be read as a log; the message is one sentence for the person who named it."""


def saved_at(step: int) -> str:
    """What a save is called in a log that names no state: it was written before states had checksums."""
    return f"at step {step}"


@dataclass
class LogRecord:
    """What a log says of a run. Columns hold a number for each line of a step, of what wasn't given up later.

    Losses are in nats for each prediction: `loss` and `smooth`, nan where there was none; `held_out` with its steps;
    `right` is the share of examples that were right then; `references`, what guessing costs, by name.
    `settings` and `corpus` are None in a schedule that has no first line. `unplayable` says why the run can't be
    replayed, or is "".
    """

    settings: Settings | None = None
    corpus: CorpusIdentity | None = None
    weights: int | None = None  # how many there are, where that was written down
    first_weights: str = ""  # a short name for them, where the seed doesn't give them
    begun_at: int = 0
    references: dict[str, float] = field(default_factory=dict)
    steps: "array[int]" = field(default_factory=lambda: array("q"))
    seconds: "array[float]" = field(default_factory=lambda: array("d"))
    loss: "array[float]" = field(default_factory=lambda: array("d"))
    smooth: "array[float]" = field(default_factory=lambda: array("d"))
    rate: float | None = None  # of the newest step, and how many were made in a second then
    speed: float | None = None
    sample: tuple[int, str] | None = None  # the newest, with its step
    held_out: list[tuple[int, float]] = field(default_factory=list)
    right: list[tuple[int, float]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)  # the newest of each kind of passes and of all else
    actions: list[Action] = field(default_factory=list)
    saves: dict[str, int] = field(default_factory=dict)  # by digest or `saved_at`, actions before it
    end: int | None = None
    unplayable: str = ""

    def has_saved(self, digest: str, step: int) -> bool:
        """Whether a run that was gone on with from that state, after so many steps, was saved while it was written."""
        return digest in self.saves or saved_at(step) in self.saves

    def replay(self) -> Replay:
        """What was done, to be done again, up to the last step it knows. Raises LogError."""
        if self.unplayable:
            raise LogError(self.unplayable)
        return Replay(self.actions, self.end)

    def go_back_to(self, step: int) -> None:
        """Forget the columns from a step on: the run came by here once more."""
        while self.steps and self.steps[-1] >= step:
            for column in (self.steps, self.seconds, self.loss, self.smooth):
                column.pop()
        self.held_out = [point for point in self.held_out if point[0] < step]
        self.right = [point for point in self.right if point[0] < step]

    def columns(self) -> "Columns":
        """A copy of the columns."""
        return self.steps[:], self.seconds[:], self.loss[:], self.smooth[:]

    def put_back(self, columns: "Columns", until: int) -> None:
        """The columns as they were, up to a step."""
        self.steps, self.seconds, self.loss, self.smooth = columns
        self.go_back_to(until + 1)
