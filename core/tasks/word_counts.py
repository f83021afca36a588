"""What those know who don't read: how frequent each label is, and with it which words stand in its texts.

Counting words is naive Bayes with one more of each word (Maron, 1961): what order and negation change, it can't see.
"""

import math
from collections import Counter
from collections.abc import Sequence

from .example_task import Numbers
from .examples import Examples


def words_of(text: str) -> list[str]:
    """Its words, small; in a language without spaces its characters."""
    words = text.lower().split()
    return words if len(words) > 1 or text.isascii() else list(text)


def shares_right(examples: Examples, trained: Numbers, held: Numbers) -> dict[str, float]:
    """The share of the held-out examples that each of them gets right, by name."""
    labels = Counter(examples.targets[n] for n in trained)
    counts = {label: Counter[str]() for label in labels}
    for n in trained:
        counts[examples.targets[n]].update(words_of(examples.sources[n]))
    known = len({word for found in counts.values() for word in found})
    totals = {label: found.total() + known + 1 for label, found in counts.items()}
    often = labels.most_common(1)[0][0]

    def score(label: str, words: Sequence[str]) -> float:
        found, total = counts[label], totals[label]
        return math.log(labels[label]) + sum(math.log((found[word] + 1) / total) for word in words)

    right = {"the most frequent label": 0, "counting words": 0}
    for n in held:
        words = words_of(examples.sources[n])
        right["the most frequent label"] += examples.targets[n] == often
        right["counting words"] += examples.targets[n] == max(labels, key=lambda label: score(label, words))
    return {name: count / len(held) for name, count in right.items()}
