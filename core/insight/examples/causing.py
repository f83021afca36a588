"""Who caused the label that is guessed after each character: what others in the place of each would have changed.

As for texts (`causes`), but the network guesses no characters here: the five most frequent ones stand in the place.
"""

import numpy as np

from ...network.examples.batch import Batch
from ...network.examples.network import ExampleNetwork
from ...network.model import Ids
from ...tasks.label import Label
from ..asked.causes import Causes

OTHERS = 5  # characters in the place of each
COUNTED = 256  # examples, to tell which are frequent
MOST_WORK = 2_000_000_000  # products: of a long example in a large network nothing is asked


def causes_of(task: Label, reader: ExampleNetwork, example: Batch) -> Causes | None:
    """For a batch of one example without blanks; None where it would take too long."""
    ids = example.inputs[:, 0]
    T = len(ids)
    if T * T * OTHERS * reader.parameters.rest.size > MOST_WORK:
        return None
    frequent = _frequent(task)
    inputs = np.repeat(ids[:, None], 1 + T * OTHERS, 1)
    asked = np.ones((T, OTHERS), bool)
    for place, true in enumerate(ids):
        others = [number for number in frequent if number != true][:OTHERS]
        asked[place, len(others) :] = False
        inputs[place, 1 + place * OTHERS : 1 + place * OTHERS + len(others)] = others
    targets = np.zeros_like(inputs)
    ones, blank = np.ones(inputs.shape, np.float32), np.zeros(inputs.shape, bool)
    reader.forward(Batch(inputs, targets, ones, blank))
    p = reader.output.p.reshape(T, inputs.shape[1], -1)
    best = p[:, 0].argmax(1)
    log_p = np.log(np.maximum(p[np.arange(T), :, best], np.finfo(p.dtype).tiny))  # (T, 1 + T K) of the best
    changed = (log_p[:, :1] - log_p[:, 1:]).reshape(T, T, OTHERS)
    count = np.maximum(1, asked.sum(1))
    effects = np.tril((changed * asked).sum(2) / count)
    effects.flags.writeable = False
    return Causes(effects, task.say_as(best))


def _frequent(task: Label) -> Ids:
    """The most frequent characters of the sources, one more than are needed."""
    batch = task.batch(np.arange(min(COUNTED, len(task.examples))))
    counts = np.bincount(batch.inputs[~batch.blank], minlength=task.reads)
    found: Ids = np.argsort(-counts, kind="stable")[: OTHERS + 1]
    return found[counts[found] > 0]
