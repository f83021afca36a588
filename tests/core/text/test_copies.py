import itertools
import random

import numpy as np
import pytest

from charrnn.core import Corpus
from charrnn.core.text.copies import PIECE, CopyFinder, agreement, copied_spans, longer_than_chance


def brute_force(text, corpus, least):
    covered = [False] * len(text)
    for start in range(len(text) - least + 1):
        if text[start : start + least] in corpus:
            covered[start : start + least] = [True] * least
    return covered


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("symbols", ["ab", "abcdefgh"])
def test_spans_are_those_that_a_search_at_every_place_finds(seed, symbols):
    chance = random.Random(seed)
    corpus = "".join(chance.choices(symbols, k=400))
    text = "".join(chance.choices(symbols, k=60)) + corpus[50:70] + "".join(chance.choices(symbols, k=30))
    whole, least = Corpus.from_text(corpus + symbols), chance.randint(3, 9)
    spans = copied_spans(whole.vocabulary.encode(text), whole.ids[:400], least)
    found = [any(start <= i < end for start, end in spans) for i in range(len(text))]
    assert found == brute_force(text, corpus, least)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans)), "spans that touch are one"


def test_a_span_across_two_pieces_is_found():
    ids = np.random.default_rng(0).integers(0, 200, PIECE + 500).astype(np.uint8)
    text = ids[PIECE - 7 : PIECE + 8]
    assert copied_spans(text, ids, 12) == ((0, 15),)
    assert copied_spans(text, ids[: PIECE + 4], 12) == (), "and nothing that isn't there"


def test_texts_shorter_than_a_span_copy_nothing():
    ids = np.arange(5)
    assert copied_spans(ids, np.arange(100), 6) == ()
    assert copied_spans(np.arange(10), ids, 6) == ()


def test_agreement_is_counted_over_pairs_of_places():
    text = "abacabadabra" * 3
    ids = np.array([ord(c) for c in text], np.int64)
    same = agreeing = 0
    for i in range(len(text) - 1):
        for j in range(len(text) - 1):
            if i != j and text[i] == text[j]:
                same += 1
                agreeing += text[i + 1] == text[j + 1]
    assert agreement(ids, 256) == pytest.approx(agreeing / same)


def test_chance_spans_grow_with_both_texts_and_with_how_much_they_agree():
    assert longer_than_chance(10_000, 100, 0.1) == 7  # log10(10^6) + 1
    assert longer_than_chance(10_000_000, 100, 0.1) == 10
    assert longer_than_chance(10_000, 100, 0.5) == 21
    assert longer_than_chance(50, 10, 1.0) == 51, "where everything agrees nothing is copied"


def test_random_texts_copy_hardly_anything_by_chance():
    chance = random.Random(3)
    corpus = Corpus.from_text("".join(chance.choices("abcdefghij", k=20_000)))
    finder = CopyFinder(corpus)
    new = [finder.find("".join(chance.choices("abcdefghij", k=200))).share_new for _ in range(20)]
    assert np.mean(new) > 0.95


def test_what_is_copied_and_what_is_new_add_up():
    corpus = Corpus.from_text("The clock was slow, and everybody knew it. A river ran by the house all year. " * 3)
    text = "xx" + "everybody knew it" + "yy"
    finder = CopyFinder(Corpus.from_text("The clock was slow, and everybody knew it. xy A river ran by all year."))
    copies = finder.find(text)
    assert copies.spans == ((2, 2 + len("everybody knew it")),)
    assert copies.share_new == pytest.approx(4 / len(text))
    assert CopyFinder(corpus).find("").share_new == 1
