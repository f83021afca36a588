"""Batches by hand, and that each task learns a little set of its own."""

import numpy as np
import pytest

from charrnn.core.network.examples.network import ExampleNetwork
from charrnn.core.optimizers.clipping import Clipping
from charrnn.core.optimizers.kinds import make
from charrnn.core.tasks.describe import Describe
from charrnn.core.tasks.examples import Examples
from charrnn.core.tasks.label import Label
from charrnn.core.tasks.translate import Translate

LABELS = Examples("x", "label", ("yes", "no", "yes"), ("ab", "b", "bca"))
PAIRS = Examples("x", "translate", ("xy", "", "yyx"), ("a", "bb", "ab"))
PICTURES = Examples("x", "describe", ("it", "is"), pictures=np.array([[0, 1], [1, 0.5]], np.float32), size=(1, 2))


def test_labels_are_said_at_the_last_character_and_a_little_before():
    task = Label(LABELS, 0.25)
    batch = task.batch(np.array([2, 1]))
    assert (task.labels, task.reads, task.says) == (("no", "yes"), 3, 2)
    assert batch.inputs.T.tolist() == [[1, 2, 0], [0, 0, 1]]
    assert batch.blank.T.tolist() == [[False] * 3, [True, True, False]]
    assert batch.targets.T.tolist() == [[1, 1, 1], [0, 0, 0]]
    assert batch.weights.T.tolist() == [[0.25, 0.25, 1], [0, 0, 1]]
    assert batch.source == 0


def test_a_translation_begins_where_all_sources_have_ended():
    task = Translate(PAIRS)  # reads GO, a, b, x, y; says x, y, END
    batch = task.batch(np.array([0, 1, 2]))
    assert (task.reads, task.says, task.first, task.end, batch.source) == (5, 3, 3, 2, 2)
    assert batch.inputs.T.tolist() == [[0, 1, 0, 3, 4, 0], [2, 2, 0, 0, 0, 0], [1, 2, 0, 4, 4, 3]]
    assert batch.blank.any(0).tolist() == [True, False, False]
    assert batch.targets[2:].T.tolist() == [[0, 1, 2, 0], [2, 0, 0, 0], [1, 1, 0, 2]]
    assert batch.weights.T.tolist() == [[0, 0, 1, 1, 1, 0], [0, 0, 1, 0, 0, 0], [0, 0, 1, 1, 1, 1]]


def test_a_description_has_its_picture_and_no_source():
    task = Describe(PICTURES)  # reads GO, i, s, t; says i, s, t, END
    batch = task.batch(np.array([1, 0]))
    assert (task.reads, task.says, task.pixels, batch.source) == (4, 4, 2, 0)
    assert batch.inputs.T.tolist() == [[0, 1, 2], [0, 1, 3]]
    assert batch.targets.T.tolist() == [[0, 1, 3], [0, 2, 3]]
    assert batch.pictures.tolist() == [[1, 0.5], [0, 1]]


@pytest.mark.parametrize(
    ("task", "attends"),
    [(Label(LABELS), False), (Describe(PICTURES), False), (Translate(PAIRS), False), (Translate(PAIRS), True)],
)
def test_a_small_set_is_learnt_by_heart(task, attends):
    model = ExampleNetwork(task.reads, task.says, 20, pixels=task.pixels, attends=attends)
    optimizer = make("adam", model, 0.01, clipping=Clipping("norm", 1.0), momentum=0.0)
    which = np.arange(len(task.examples))
    reader = model.reader()
    assert task.measure(reader, which)[0] == pytest.approx(task.even_loss, rel=0.6)
    for _ in range(300):
        model.run_batch(task.batch(which))
        optimizer.update()
    loss, right = task.measure(reader, which)
    assert right == 1
    said = task.say(reader, which)
    assert [one.text for one in said] == list(task.examples.targets)
    assert all(chance > 0.8 for one in said for chance in one.chances)
    if task.NAME != "label":
        chances = [chance for one in said for chance in one.chances]
        assert loss == pytest.approx(-np.log(chances).mean(), rel=1e-3), "what it says alone is what it was told"


def test_who_never_ends_is_interrupted_and_wrong():
    task = Describe(PICTURES)
    model = ExampleNetwork(task.reads, task.says, 5, pixels=2)
    model.parameters.flat[:] = 0
    model.parameters["by"][0] = 1
    said = task.say(model.reader(), np.array([0]))[0]
    assert (said.text, said.right) == ("i" * 7, False)
