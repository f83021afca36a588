"""What the curves, pictures and texts are called in TensorBoard, the same live and from a log.

Losses are in bits, as the program's own screen shows them. What stands before the slash is the heading.
"""

from ..tasks.example_task import ExampleTask
from ..tasks.label import Label
from ..training.interventions import Intervention, SetTemperature
from ..training.marks import MARKS, Kind
from ..units import OF_TEXTS, Words, bits

RUN, SAMPLE, DONE = "run", "sample", "interventions"  # texts
RATE, SPEED, SECONDS, EPOCH = "rate/learning rate", "speed/steps per second", "speed/seconds of training", "epoch/epoch"
HELD_OUT, IN_TRAINING = "held out", "in training"


def words_of(task: str) -> Words:
    """What the predictions of a run with this task are called."""
    if task == "text":
        return OF_TEXTS
    return Words(Label.UNIT if task == Label.NAME else ExampleTask.UNIT, "examples", "examples", "batch", "batches")


def right_name(task: str) -> str:
    """What the share of right answers is called, where there is one."""
    return Label.RIGHT if task == Label.NAME else ExampleTask.RIGHT


def of_step(
    words: Words,
    loss: float | None,
    smooth: float,
    *,
    rate: float | None,
    epoch: float | None,
    speed: float | None,
    seconds: float,
) -> dict[str, float]:
    """The numbers of a step by tag: losses in nats come, bits go; what isn't known is left out."""
    values = {
        loss_tag(words, words.window): None if loss is None else bits(loss),
        loss_tag(words, "smooth"): bits(smooth),
        RATE: rate,
        EPOCH: epoch,
        SPEED: speed,
        SECONDS: seconds,
    }
    return {tag: value for tag, value in values.items() if value is not None}


def loss_tag(words: Words, which: str) -> str:
    """That of a loss."""
    return f"loss/{which} ({words.unit_name})"


def of_held_out(
    words: Words, loss: float, name: str, right: float | None, right_in_training: float | None
) -> dict[str, float]:
    """The numbers of a measurement by tag; `name` is what the share of right answers is called, if there is one."""
    shares = {f"{name}/{HELD_OUT}": right, f"{name}/{IN_TRAINING}": right_in_training}
    return {loss_tag(words, HELD_OUT): bits(loss), **{t: share for t, share in shares.items() if share is not None}}


def is_told(kind: Kind) -> bool:
    """Whether a mark is worth a line: not what training only passes by."""
    return not MARKS[kind].passing


def said_of(done: Intervention) -> str:
    """What was done in words, where no mark says it; else ""."""
    return f"temperature {done.temperature:g}" if isinstance(done, SetTemperature) else ""
