"""Pieces from all over a text."""

import pytest

from charrnn.core import CharRNN, Corpus
from charrnn.core.insight.neurons import probe as module
from charrnn.core.insight.neurons.probe import LEAD, probe_of, streams_for

TEXT = "".join(chr(97 + n % 26) for n in range(2000))


def test_its_pieces_lie_apart_and_are_the_texts():
    corpus = Corpus.from_text(TEXT)
    probe = probe_of(corpus, 100, 8)
    assert probe.ids.shape == (LEAD + 101, 8)
    assert probe.length == 100
    assert all(len(piece) == 100 and piece in TEXT for piece in probe.pieces)
    assert [corpus.vocabulary.decode(column) for column in probe.ids[LEAD:-1].T] == list(probe.pieces)
    assert corpus.vocabulary.decode(probe.ids[:, 0]) == TEXT[: LEAD + 101]
    assert TEXT.endswith(corpus.vocabulary.decode(probe.ids[:, -1]))


@pytest.mark.parametrize("size", [2, 3, 10, 60, 199, 301, 500])
def test_of_a_short_text_there_are_fewer_and_shorter_ones(size):
    probe = probe_of(Corpus.from_text(TEXT[:size]), 100, 20)
    if size < 3:
        assert probe is None
    else:
        assert probe.length >= 1
        assert len(probe.pieces) >= 2
        assert all(piece in TEXT[:size] for piece in probe.pieces)


def test_a_large_network_reads_fewer_pieces_but_two(monkeypatch):
    model = CharRNN(20, 10)
    assert streams_for(model, 100, 20) == 20
    monkeypatch.setattr(module, "MOST_WORK", 7 * (LEAD + 100) * model.parameters.rest.size)
    assert streams_for(model, 100, 20) == 7
    monkeypatch.setattr(module, "MOST_WORK", 1)
    assert streams_for(model, 100, 20) == 2
