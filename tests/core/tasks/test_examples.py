"""Which examples are held out: distinct inputs, some of each label, never on both sides."""

import numpy as np
import pytest

from charrnn.core.tasks.builtin_examples import MADE, builtin_examples
from charrnn.core.tasks.examples import Examples, spread


@pytest.mark.parametrize("name", MADE)
def test_a_tenth_of_the_distinct_inputs_is_held_out_and_none_is_on_both_sides(name):
    examples = builtin_examples(name)
    trained, held = examples.split(0.1)
    inputs = np.array(examples.inputs())
    assert not set(inputs[trained]) & set(inputs[held])
    assert len(set(inputs[held])) == pytest.approx(0.1 * len(set(inputs)), abs=1)
    assert sorted([*trained, *held]) == list(range(len(examples)))


def test_every_label_has_its_tenth():
    examples = builtin_examples("feelings")
    held, labels = examples.split(0.1)[1], np.array(examples.targets)
    for label in set(labels):
        assert (labels[held] == label).sum() == pytest.approx(0.1 * (labels == label).sum(), abs=1)


def test_a_label_with_one_input_stays_to_be_learnt_and_copies_stay_together():
    texts = ("one", "two", "two", "three", "three", "four", "alone")
    examples = Examples("x", "label", ("a", "a", "a", "a", "b", "a", "c"), texts)
    for share in (0.1, 0.3, 0.5):
        trained, held = examples.split(share)
        assert 6 in trained
        assert len({texts[n] for n in held} & {texts[n] for n in trained}) == 0
    assert len(held)


def test_nothing_is_held_out_where_nothing_is_asked_for():
    trained, held = builtin_examples("dates").split(0.0)
    assert (len(trained), len(held)) == (4000, 0)


def test_what_they_are_known_by_is_all_of_them():
    one = Examples("x", "translate", ("b", "d"), ("a", "c"))
    assert one.sha256 == Examples("y", "translate", ("b", "d"), ("a", "c")).sha256
    others = (
        Examples("x", "label", ("b", "d"), ("a", "c")),
        Examples("x", "translate", ("b", "d"), ("c", "a")),
        Examples("x", "translate", ("b", "d"), ("ac", "")),
        Examples("x", "describe", ("b", "d"), pictures=np.zeros((2, 4), np.float32), size=(2, 2)),
    )
    assert len({other.sha256 for other in (one, *others)}) == 5


def test_of_many_some_are_taken_from_everywhere():
    assert spread(np.arange(10, 20), 3).tolist() == [10, 14, 19]
    assert spread(np.arange(4), 9).tolist() == [0, 1, 2, 3]
    assert spread(np.arange(0), 9).tolist() == []
    by_label = np.arange(5000)
    assert (spread(by_label, 512) < 2500).mean() == pytest.approx(0.5, abs=0.01)
