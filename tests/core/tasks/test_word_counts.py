import numpy as np
import pytest

from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.tasks.examples import Examples
from charrnn.core.tasks.word_counts import shares_right, words_of


def test_by_hand():
    """Good is in two of three texts; red stands in good ones only, blue in bad ones."""
    examples = Examples("x", "label", ("good", "good", "bad", "bad", "good"), ("red a", "red b", "blue a", "blue", "b"))
    shares = shares_right(examples, np.array([0, 1, 2]), np.array([3, 4]))
    assert shares == {"the most frequent label": 0.5, "counting words": 1.0}


def test_what_words_decide_they_tell_and_what_order_decides_they_do_not():
    texts = tuple(f"{word} number {n}" for n in range(50) for word in ("up", "down"))
    by_words = Examples("x", "label", ("a", "b") * 50, texts)
    trained, held = by_words.split(0.2)
    assert shares_right(by_words, trained, held)["counting words"] == 1
    feelings = builtin_examples("feelings")
    shares = shares_right(feelings, *feelings.split(0.1))
    assert shares["counting words"] == pytest.approx(0.5, abs=0.06)
    assert shares["the most frequent label"] == pytest.approx(0.51, abs=0.02)


def test_a_text_without_spaces_is_taken_by_its_characters():
    assert words_of("Not  BAD") == ["not", "bad"]
    assert words_of("不好") == ["不", "好"]
