"""The memory's clock: cycles that are put in are found, and nothing else is taken for one."""

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight import clock
from charrnn.core.insight.clock import NONE, Clock, clock_of, find_clock
from charrnn.core.text.builtin import builtin_corpus

RNG = np.random.default_rng(0)


def ticking(period, share, length=160, streams=4, units=30):
    """States with so much of their variance in a cycle; each stream at a place of its own."""
    cycle = RNG.standard_normal((period, units))
    cycle -= cycle.mean(0)
    cycle /= cycle.std()
    phases = RNG.integers(0, period, streams)
    ticks = np.stack([cycle[(np.arange(length) + phase) % period] for phase in phases], 1)
    return np.sqrt(share) * ticks + np.sqrt(1 - share) * RNG.standard_normal((length, streams, units))


@pytest.mark.parametrize("period", [2, 3, 4, 6, 8])
@pytest.mark.parametrize("share", [0.5, 0.8, 0.97])
def test_a_cycle_is_found_with_its_share(period, share):
    found = clock_of(ticking(period, share))
    assert found.period == period
    assert found.share == pytest.approx(share, abs=0.08)


def test_noise_what_is_slow_what_stands_still_and_what_is_no_number_have_none():
    noise = RNG.standard_normal((160, 4, 30))
    slow = np.cumsum(noise, 0)
    still = np.ones((160, 4, 30))
    assert [clock_of(states) for states in (noise, slow, still, still * np.nan)] == [NONE] * 4


def test_the_default_rate_makes_a_clock_and_a_third_of_it_none():
    corpus = builtin_corpus()
    clocks = []
    for rate in (0.1, 0.03):
        session = TrainingSession(corpus, learning_rate=rate)
        for _ in range(1500):
            session.step()
        clocks.append(find_clock(session.model, corpus))
    assert clocks[0].period in (2, 3, 4, 6)
    assert clocks[0].share > 0.5
    assert clocks[1] == NONE


def test_a_short_text_has_none_to_be_seen():
    session = TrainingSession(Corpus.from_text("short text " * 5), hidden_size=4, seq_length=5)
    assert find_clock(session.model, session.corpus) == Clock()


def test_of_a_large_network_less_is_read_or_nothing(monkeypatch):
    corpus = builtin_corpus()
    session = TrainingSession(corpus)
    for _ in range(1500):
        session.step()
    size, whole = session.model.parameters.rest.size, find_clock(session.model, corpus)
    monkeypatch.setattr(clock, "MOST_WORK", 150 * size)
    assert find_clock(session.model, corpus).period == whole.period
    monkeypatch.setattr(clock, "MOST_WORK", 60 * size)
    assert find_clock(session.model, corpus) == NONE
