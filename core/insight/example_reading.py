"""One example, step by step, as a window of a text is looked into: what it read and said, its memory, its error.

It is the first one of the last batch, as the step left it. Where nothing is to be said there are no guesses. How the
error goes back is worked out again, with the weights as they are now: through attention, too.
"""

import numpy as np

from ..network.examples.batch import Batch
from ..network.examples.network import ExampleNetwork
from ..network.parameters import Array, Parameters
from ..tasks.example_task import ExampleTask
from ..tasks.examples import Examples
from ..tasks.label import Label
from ..training.example_session import ExampleSession
from .asked.causes import Causes
from .error_flow import ErrorFlow, flow_of
from .examples.answers import Answer
from .examples.causing import causes_of
from .neurons.inside import CELL, HIDDEN, Inside, inside_of
from .reading import Reading, reading_of

NOTHING = " "  # stands where nothing is to be said


def read_last(session: ExampleSession) -> Reading | None:
    """The first example of the last batch, as the step saw it; None before the first step."""
    batch = session.last_window
    return None if batch is None else _reading(session.task, session.model, batch)


def read_answer(session: ExampleSession, answer: Answer) -> Reading:
    """What is said of an example that isn't trained on, read again as if it were right."""
    batch = _batch_of(session.task, answer)
    session.reader.forward(batch)
    return _reading(session.task, session.reader, batch)


def causes_of_last(session: ExampleSession) -> Causes | None:
    """Who caused the labels guessed in the first example of the last batch, with the weights as they are now."""
    batch = session.last_window
    if batch is None or not isinstance(session.task, Label):
        return None
    return causes_of(session.task, session.reader, _alone(batch, *_places(batch)))


def causes_of_answer(session: ExampleSession, answer: Answer) -> Causes | None:
    """The same in an example that isn't trained on."""
    if not isinstance(session.task, Label):
        return None
    return causes_of(session.task, session.reader, _batch_of(session.task, answer))


def last_inside(session: ExampleSession, layer: int = -1) -> Inside | None:
    """A layer over the first example of the last batch; None before the first step."""
    batch = session.last_window
    return None if batch is None else _inside(session.task, session.model, batch, layer)


def answer_inside(session: ExampleSession, answer: Answer, layer: int = -1) -> Inside:
    """A layer over an example that isn't trained on, with the weights as they are now."""
    batch = _batch_of(session.task, answer)
    session.reader.forward(batch)
    return _inside(session.task, session.reader, batch, layer)


def error_of_last(session: ExampleSession) -> ErrorFlow | None:
    """The last step's figures, and how the error of its first example goes back; None before the first step."""
    batch = session.last_window
    if batch is None:
        return None
    first, end = _places(batch)
    states = session.model.stack.cells[-1].h[first + 1 : end + 1, 0]

    def errors(_: Parameters) -> tuple[Array, list[Array]]:
        alone = _alone(batch, first, end)
        whole = _lengths(session.reader, alone)[0]
        weights = np.zeros_like(alone.weights)
        weights[-1] = alone.weights[-1]
        last, cells = _lengths(session.reader, alone._replace(weights=weights))
        return whole, [last, *cells]

    return flow_of(session, errors, states)


def _lengths(reader: ExampleNetwork, batch: Batch) -> tuple[Array, list[Array]]:
    """The lengths of dL/dh (T,) for a batch of one example, and of an LSTM those of dL/dc."""
    reader.run_batch(batch)
    cell = reader.stack.cells[-1]
    lengths: list[Array] = [np.linalg.norm(d[:, 0].astype(float), axis=1) for d in cell.d_states]
    return lengths[0], lengths[1:]


def _batch_of(task: ExampleTask, answer: Answer) -> Batch:
    """A batch of that one example."""
    picture = answer.picture
    pictures = None if picture is None else np.array([picture.dots], np.float32)
    size = (0, 0) if picture is None else picture.size
    examples = Examples("", task.NAME, (answer.said,), (answer.source,) * (picture is None), pictures, size)
    batch = task.about(examples).batch(np.arange(1))
    return _alone(batch, *_places(batch))


def _places(batch: Batch) -> tuple[int, int]:
    """The first step of the first example of a batch that reads something, and the step after the last that counts."""
    counts = np.flatnonzero(batch.weights[:, 0])
    return int(batch.blank[:, 0].sum()), int(counts[-1]) + 1


def _alone(batch: Batch, first: int, end: int) -> Batch:
    """The first example of a batch alone, without what is blank before it and what means nothing after it."""
    steps = slice(first, end)
    return Batch(
        batch.inputs[steps, :1],
        batch.targets[steps, :1],
        batch.weights[steps, :1],
        batch.blank[steps, :1],
        max(0, batch.source - first),
        None if batch.pictures is None else batch.pictures[:1],
        batch.which[:1],
    )


def _reading(task: ExampleTask, network: ExampleNetwork, batch: Batch) -> Reading:
    """The first example of the batch that the network went through last."""
    (first, end), B, S = _places(batch), batch.inputs.shape[1], batch.source
    said, start = slice(0, end - max(S, first)), max(S, first)
    output, h = network.output, network.stack.cells[-1].h[first : end + 1, 0].copy()
    offset = start - S  # of labels, what is blank has an output, too
    p = output.p.reshape(-1, B, output.p.shape[1])[offset:, 0][said].copy()
    log_p = output.target_log_p.reshape(-1, B)[offset:, 0][said].copy()
    inputs, targets = batch.inputs[:, 0], batch.targets[:, 0]
    quiet, weights = start - first, batch.weights[first:end, 0].copy()
    reading = reading_of((task.read_as, task.say_as), inputs[start:end], targets[start:end], p, log_p, h[quiet:])
    gates = network.stack.cells[-1].window_gates() if network.stack.cells[-1].OPEN else {}
    count = len(reading.guesses[0])
    letters = zip(task.letters, task.labels, strict=True) if isinstance(task, Label) else ()
    return reading._replace(
        inputs=task.read_as(inputs[first:start]) + reading.inputs,
        targets=NOTHING * quiet + reading.targets,
        guesses=(NOTHING * count,) * quiet + reading.guesses,
        chances=np.concatenate([np.zeros((quiet, count), p.dtype), reading.chances]),
        p=np.concatenate([np.full(quiet, np.nan, p.dtype), reading.p]),
        rank=np.concatenate([np.zeros(quiet, reading.rank.dtype), reading.rank]),
        nats=np.concatenate([np.zeros(quiet, reading.nats.dtype), reading.nats]),
        hidden=h,
        open={name: gate[first:end].mean(1) for name, gate in gates.items()},
        weights=weights,
        labels=tuple(letters),
    )


def _inside(task: ExampleTask, network: ExampleNetwork, batch: Batch, layer: int) -> Inside:
    first, end = _places(batch)
    cell = network.stack.cells[layer]
    parts = {HIDDEN: cell.h[first + 1 : end + 1, 0]}
    if network.stack.parts > 1:
        parts[CELL] = np.tanh(cell.states[1][first + 1 : end + 1, 0])
    if cell.OPEN:
        parts |= {name: gate[first:end] for name, gate in cell.window_gates().items()}
    return inside_of(network, layer, task.read_as(batch.inputs[first:end, 0]), parts)
