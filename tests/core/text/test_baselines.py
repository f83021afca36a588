import gzip
import lzma
import math
import random
from collections import Counter
from itertools import pairwise

import pytest

from charrnn.core import Corpus
from charrnn.core.text import baselines as references
from charrnn.core.text.baselines import compressed_nats, pair_entropy

TEXT = "The clock was slow, and everybody knew it; nobody minded. " * 7 + "Then it stopped."


def by_counting(text):
    """The entropy of the next character given the one before, one pair at a time."""
    pairs, befores = Counter(pairwise(text)), Counter(text[:-1])
    return -sum(n * math.log(n / befores[a]) for (a, _), n in pairs.items()) / (len(text) - 1)


@pytest.mark.parametrize("text", [TEXT, "abab", "ab", "aabbabbbbaab", "中文字中文中字字"], ids=range(5))
def test_pair_entropy_agrees_with_counting_pair_by_pair(text):
    assert pair_entropy(Corpus.from_text(text)) == pytest.approx(by_counting(text), abs=1e-12)


def test_many_symbols_are_counted_without_a_table_of_all_pairs(monkeypatch):
    chance = random.Random(1)
    text = "".join(chance.choices("abcdefgh", k=500))
    with_table = pair_entropy(Corpus.from_text(text))
    monkeypatch.setattr(references, "SMALL_TABLE", 0)
    monkeypatch.setattr(references, "PIECE", 64)
    assert pair_entropy(Corpus.from_text(text)) == pytest.approx(with_table)


def test_someone_who_knows_pairs_never_pays_more_than_one_who_knows_letters():
    corpus = Corpus.from_text(TEXT)
    assert 0 < pair_entropy(corpus) < corpus.letter_entropy() < math.log(len(corpus.vocabulary))


def test_a_text_whose_letters_determine_the_next_costs_nothing():
    assert pair_entropy(Corpus.from_text("abc" * 100)) == pytest.approx(0, abs=1e-12)
    assert pair_entropy(Corpus.from_text("a")) == 0


def test_compressed_sizes_are_those_of_the_standard_tools():
    corpus = Corpus.from_text(TEXT + "中文")
    data = (TEXT + "中文").encode()
    expected = {"gzip": gzip.compress(data, 9), "xz": lzma.compress(data, preset=6)}
    for name, packed in expected.items():
        assert compressed_nats(corpus, name) == pytest.approx(len(packed) * 8 * math.log(2) / len(corpus))


def test_of_a_long_text_only_the_first_part_is_compressed(monkeypatch):
    monkeypatch.setattr(references, "MOST_COMPRESSED", 100)
    assert compressed_nats(Corpus.from_text(TEXT), "xz") == compressed_nats(Corpus.from_text(TEXT[:100]), "xz")
