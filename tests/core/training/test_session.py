import math
from dataclasses import replace

import numpy as np
import pytest

from charrnn.core import CharRNN, Corpus, CorpusError, TrainingSession

STORY = "The clock was slow, and everybody knew it. " * 30


def session(text=STORY, **options):
    return TrainingSession(Corpus.from_text(text), **{"hidden_size": 20, **options})


def everything(s):
    """Every number that training carries along."""
    return [s.model.parameters.flat, s.optimizer.memory.flat, s.hidden, np.array([s.smooth_loss, s.position, s.epoch])]


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(everything(one), everything(other), strict=True))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_same_seed_gives_the_same_bits(dtype):
    one, two = session(seed=3, dtype=dtype), session(seed=3, dtype=dtype)
    assert [one.step() for _ in range(250)] == [two.step() for _ in range(250)]
    assert same(one, two)
    assert not same(one, session(seed=4, dtype=dtype))


def test_sampling_leaves_training_bit_identical():
    with_samples, without = session(sample_every=100), session(sample_every=None)
    asked = session(sample_every=7)
    for _ in range(301):
        with_samples.step()
        without.step()
        asked.step()
        asked.sample(30, prime="The ", temperature=0.7)
    assert same(with_samples, without)
    assert same(asked, without)


@pytest.mark.parametrize(("dtype", "steps"), [("float32", 1500), ("float64", 1500)])
def test_loss_on_a_repeating_text_falls_near_zero(dtype, steps):
    s = session("abcdefgh" * 40, dtype=dtype, sample_every=None)
    losses = [s.step().loss for _ in range(steps)]
    assert losses[0] == pytest.approx(math.log(8), rel=0.01)
    assert 25 * np.mean(losses[-50:]) < 0.5
    assert s.sample(16, prime="ab", temperature=0) == "cdefghabcdefghab"


def test_smooth_loss_starts_at_even_guessing_and_follows_the_loss():
    s = session()
    V = len(s.corpus.vocabulary)
    assert s.smooth_loss == s.even_loss == pytest.approx(math.log(V))
    assert s.bits_per_char == pytest.approx(math.log2(V))
    before = s.smooth_loss
    result = s.step()
    assert result.smooth_loss == pytest.approx(0.999 * before + 0.001 * result.loss)


def test_samples_come_at_step_0_and_every_so_many_steps():
    s = session(sample_every=10, sample_length=33)
    results = [s.step() for _ in range(31)]
    assert [r.step for r in results if r.sample is not None] == [0, 10, 20, 30]
    assert all(len(r.sample) == 33 for r in results if r.sample is not None)


def test_a_sample_starts_from_the_windows_first_character_and_the_carried_memory():
    s, twin = session(sample_every=5), session(sample_every=None)
    for _ in range(5):
        s.step()
        twin.step()
    twin.restore(replace(twin.capture(), generator=s.capture().generator))
    assert s.step().sample == twin.sample(200)


def test_the_memory_is_carried_on_and_cleared_at_the_start_of_the_text():
    s = session("abcde" * 21, sample_every=None)  # 105 characters: four windows
    for n in range(9):
        fresh = n % 4 == 0
        twin = CharRNN(5, 20)
        twin.parameters.flat[:] = s.model.parameters.flat
        hidden = np.zeros(20, np.float32) if fresh else s.hidden.copy()
        position = 0 if fresh else s.position
        ids = s.corpus.ids[position : position + 26]
        loss, _, after = twin.loss_and_gradients(ids[:-1], ids[1:], hidden)
        result = s.step()
        assert (result.fresh, result.loss) == (fresh, pytest.approx(loss / 25, rel=1e-6))
        np.testing.assert_allclose(s.hidden, after, rtol=1e-5, atol=1e-6)


def test_resetting_the_memory_leaves_the_weights():
    s = session()
    for _ in range(3):
        s.step()
    weights = s.model.parameters.flat.copy()
    assert s.hidden.any()
    s.reset_memory()
    assert not s.hidden.any()
    assert np.array_equal(s.model.parameters.flat, weights)


def test_a_learning_rate_can_be_changed_between_steps():
    one, two = session(sample_every=None), session(sample_every=None)
    one.step(), two.step()
    two.learning_rate = 0.5
    one.step(), two.step()
    assert not same(one, two)
    for rate in (0, -1, math.nan, math.inf):
        with pytest.raises(ValueError, match="above 0"):
            two.learning_rate = rate
        with pytest.raises(ValueError, match="above 0"):
            session(learning_rate=rate)


def test_a_prime_is_read_before_drawing():
    s = session(seed=1)
    for _ in range(600):
        s.step()
    assert s.sample(6, prime="The clo", temperature=0) == "ck was"
    with pytest.raises(CorpusError, match="ü"):
        s.sample(5, prime="über")


def test_impossible_samples_are_refused():
    s = session()
    assert s.sample(0) == ""
    for options in ({"length": -1}, {"temperature": -0.1}, {"temperature": math.nan}):
        with pytest.raises(ValueError, match=r"sample|temperature"):
            s.sample(**options)


@pytest.mark.parametrize(("text", "sentence"), [("", "empty"), ("short", "too short"), ("a" * 99, "one distinct")])
def test_texts_that_cannot_be_learned_from_are_refused(text, sentence):
    with pytest.raises(CorpusError, match=sentence):
        session(text)


def test_a_model_of_ones_own_is_trained_if_it_fits_the_corpus():
    corpus = Corpus.from_text("hello world, hello moon ... ")
    model = CharRNN(len(corpus.vocabulary), 7)
    s = TrainingSession(corpus, model=model, seq_length=3)
    before = model.parameters.flat.copy()
    s.step()
    assert not np.array_equal(model.parameters.flat, before)
    with pytest.raises(ValueError, match="knows 3 symbols"):
        TrainingSession(corpus, model=CharRNN(3))


@pytest.mark.parametrize("T", [1, 2, 60])
def test_windows_of_any_length_train(T):
    s = session(seq_length=T)
    first = s.step().loss
    assert first == pytest.approx(math.log(len(s.corpus.vocabulary)), rel=0.01)
    for _ in range(400):
        s.step()
    assert s.smooth_loss < s.even_loss


def test_a_text_that_is_no_corpus_is_told_what_is_wanted():
    with pytest.raises(TypeError, match="trains on a Corpus, as"):
        TrainingSession("a text")
