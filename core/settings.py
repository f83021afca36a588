"""What a run is made with: the options of both programs, and what a checkpoint remembers of them.

Only values and their defaults; parsing is in `options`.
"""

from dataclasses import asdict, dataclass
from typing import Any

# The rate that each optimizer begins with, where none is named.
RATES = {"adagrad": 0.1, "rmsprop": 0.002, "adam": 0.002, "sgd": 0.005}
OPTIMIZER_NAMES = {"adagrad": "Adagrad", "rmsprop": "RMSprop", "adam": "Adam", "sgd": "SGD"}


@dataclass(frozen=True)
class Settings:
    """The options of a training session, under the names that `TrainingSession` gives them."""

    hidden_size: int = 100
    seq_length: int = 25
    learning_rate: float = 0.1  # the rate at the start
    seed: int = 0
    dtype: str = "float32"
    sample_every: int | None = 100
    sample_length: int = 200
    temperature: float = 1.0
    held_out: float = 0.0  # the share of the text, at its end, that is never trained on
    optimizer: str = "adagrad"
    momentum: float = 0.0  # of sgd
    clip: str = "5"  # each entry of the gradient; "norm:1" or "off"
    cell: str = "rnn"
    layers: int = 1
    streams: int = 1  # places of the text that are read at once
    dropout: float = 0.0  # the share that is left out between layers in training
    init: str = "classic"
    schedule: str = "constant"
    schedule_steps: int = 0  # where a cosine ends, in steps or else in seconds of training; 0 is nowhere
    schedule_seconds: float = 0.0
    task: str = "text"
    attention: bool = True  # of translations
    early_weight: float = 0.03  # of labels: what is said before a sentence's end counts so much
    picture_size: int = 16  # rows and columns that images are scaled to

    @property
    def attends(self) -> bool:
        """Whether what is written may look at the source."""
        return self.task == "translate" and self.attention

    @property
    def sizes(self) -> list[str]:
        """The network in a few words, with the letters that its sizes have in the equations."""
        layers = f"{self.layers} × " if self.layers > 1 else ""
        cell = f"{self.cell.upper()} " if self.cell != "rnn" else ""
        streams = [f"B {self.streams:,}"] if self.streams > 1 else []
        if self.task != "text":
            return [f"{layers}{cell}H {self.hidden_size:,}", f"{self.streams:,} at a time"]
        return [f"{layers}{cell}H {self.hidden_size:,}", f"T {self.seq_length:,}", *streams]


# Options that go together, by name; whatever is named beside them takes their place.
PRESETS: dict[str, dict[str, Any]] = {
    "classic": {},
    "modern": {
        "cell": "gru",
        "layers": 2,
        "hidden_size": 128,
        "seq_length": 50,
        "streams": 16,
        "optimizer": "adam",
        "learning_rate": 0.005,
        "schedule": "cosine",
        "clip": "norm:1",
        "init": "orthogonal",
    },
}

# What each task of examples is learnt with, where nothing else is named. Labels lose what they have learnt after some
# eighty passes at twice this rate.
_EXAMPLES = {"optimizer": "adam", "learning_rate": 0.001, "clip": "norm:1", "init": "orthogonal", "held_out": 0.1}
TASKS: dict[str, dict[str, Any]] = {
    "text": {},
    "label": {**_EXAMPLES, "learning_rate": 0.0005, "streams": 16},
    "describe": {**_EXAMPLES, "streams": 32},
    "translate": {**_EXAMPLES, "streams": 32},
}
OF_EXAMPLES = ("task", "attention", "early_weight", "picture_size")  # options that only they have


def of_texts(settings: Settings) -> dict[str, Any]:
    """The options that a session on a text has."""
    return {name: value for name, value in asdict(settings).items() if name not in OF_EXAMPLES}


# What a run can't change once it has begun: the shapes, the precision, and what the first weights were drawn from;
# and what it has never read.
FIXED = (
    *("hidden_size", "seq_length", "seed", "dtype", "held_out", "optimizer", "momentum", "clip"),
    *("cell", "layers", "streams", "dropout", "init"),
    *("schedule", "schedule_steps", "schedule_seconds"),
    *OF_EXAMPLES,
)
CELLS = ("rnn", "gru", "lstm")
INITS = ("classic", "orthogonal")
SCHEDULES = ("constant", "cosine", "step")
MOST_LAYERS = 4
MOST_STREAMS = 256
MOST_DROPOUT = 0.9
LARGEST_SIZE = 10_000
LARGEST_COUNT = 10**15
LARGEST_SEED = 2**63 - 1
LONGEST_RUN = 10**9  # seconds
HIGHEST_RATE = 1000.0  # that may be typed
SMALLEST_RATE, LARGEST_RATE = 1e-12, 1e30  # that a session may have, and a file may hold
HIGHEST_TEMPERATURE = 100.0
MOST_HELD_OUT = 0.5
PICTURE_SIZES = 4, 64
LARGEST_MOMENTUM = 0.9999


def check_optimizer(optimizer: str, momentum: float) -> None:
    """Raises ValueError, in a sentence, where there is no such optimizer or what it is given doesn't go with it."""
    if optimizer not in RATES:
        raise ValueError(f"there is no optimizer {optimizer}: {', '.join(RATES)} are there")
    if momentum and optimizer != "sgd":
        raise ValueError(f"momentum is of sgd only: {optimizer} has none that can be set")
    if not 0 <= momentum <= LARGEST_MOMENTUM:
        raise ValueError(f"the momentum must be a number from 0 to {LARGEST_MOMENTUM:g}")


def check_network(cell: str, layers: int, dropout: float, init: str) -> None:
    """Raises ValueError, in a sentence, where there is no such network."""
    if cell not in CELLS:
        raise ValueError(f"there is no cell {cell}: {', '.join(CELLS)} are there")
    if init not in INITS:
        raise ValueError(f"weights can begin as {' or '.join(INITS)}, not as {init}")
    if not 1 <= layers <= MOST_LAYERS:
        raise ValueError(f"there can be 1 to {MOST_LAYERS} layers")
    if not 0 <= dropout <= MOST_DROPOUT:
        raise ValueError(f"dropout must be a number from 0 to {MOST_DROPOUT:g}")
    if dropout and layers == 1:
        raise ValueError("dropout is between layers, and there is only one: it would leave nothing out")


def check_schedule(schedule: str, steps: int, seconds: float) -> None:
    """Raises ValueError, in a sentence, where there is no such schedule or a cosine has no end."""
    if schedule not in SCHEDULES:
        raise ValueError(f"there is no schedule {schedule}: {', '.join(SCHEDULES)} are there")
    if schedule == "cosine" and not (steps > 0 or seconds > 0):
        raise ValueError("a cosine schedule goes down to an end: name it with --steps or --seconds")


def check_settings(settings: Settings) -> None:
    """Raises ValueError, in a sentence, where options contradict each other."""
    check_optimizer(settings.optimizer, settings.momentum)
    check_network(settings.cell, settings.layers, settings.dropout, settings.init)
    check_schedule(settings.schedule, settings.schedule_steps, settings.schedule_seconds)
    check_task(settings)


def check_task(settings: Settings) -> None:
    """Raises ValueError, in a sentence, where there is no such task or an option isn't one of its own."""
    if settings.task not in TASKS:
        raise ValueError(f"there is no task {settings.task}: {', '.join(TASKS)} are there")
    if not settings.attention and settings.task != "translate":
        raise ValueError("attention is of translations only: --attention off changes nothing else")
    if settings.early_weight != Settings.early_weight and settings.task != "label":
        raise ValueError("an early weight is of labels only")
    if not 0 <= settings.early_weight <= 1:
        raise ValueError("the early weight must be a number from 0 to 1")
    if settings.picture_size != Settings.picture_size and settings.task != "describe":
        raise ValueError("a picture's size is of descriptions only")
