import math

import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.optimizers.schedule import Schedule

STORY = "The clock was slow, and everybody knew it. " * 4


def test_a_constant_rate_is_left_alone():
    assert [Schedule().factor(step, 0, 1.0) for step in (0, 10**9)] == [1, 1]


def test_a_cosine_goes_from_all_of_the_rate_over_half_of_it_to_a_hundredth():
    schedule = Schedule("cosine", steps=1000)
    factors = [schedule.factor(step, 0, 1.0) for step in (0, 250, 500, 1000, 5000)]
    assert factors == pytest.approx([1, 0.01 + 0.99 * (1 + math.sqrt(0.5)) / 2, 0.505, 0.01, 0.01])


def test_a_cosine_by_the_time_goes_in_a_hundred_stages():
    schedule = Schedule("cosine", seconds=60)
    assert schedule.factor(500, 3, 0.7) == 0.7, "steps say nothing"
    assert [schedule.factor_at(s) for s in (0, 30, 60, 100)] == pytest.approx([1, 0.505, 0.01, 0.01])
    assert len({schedule.factor_at(i / 100) for i in range(7000)}) == 101
    assert Schedule("cosine", seconds=1e-320).factor_at(1e10) == pytest.approx(0.01), "whatever a file says"
    assert Schedule("cosine", steps=9).factor_at(5) is None


def test_steps_begin_with_the_tenth_pass():
    schedule = Schedule("step")
    factors = [schedule.factor(0, passes, 1.0) for passes in (0, 9, 10, 11, 20)]
    assert factors == pytest.approx([1, 1, 0.97, 0.97**2, 0.97**11])


@pytest.mark.parametrize("optimizer", ["adagrad", "adam"])
def test_the_optimizer_steps_at_the_rate_of_the_schedule(optimizer):
    options = {"hidden_size": 6, "seq_length": 8, "optimizer": optimizer, "schedule": "cosine", "schedule_steps": 40}
    session = TrainingSession(Corpus.from_text(STORY), learning_rate=0.05, **options)
    for step in range(40):
        session.step()
        assert session.last_rate == pytest.approx(0.05 * Schedule("cosine", 40).factor(step, 0, 1.0))
    assert session.learning_rate == 0.05, "what a person set stays"
    session.learning_rate = 0.1
    session.step()
    assert session.last_rate == pytest.approx(0.001)


def test_a_restart_begins_the_schedule_again():
    session = TrainingSession(Corpus.from_text(STORY), hidden_size=6, schedule="cosine", schedule_steps=10)
    rates = [[(session.step(), session.last_rate)[1] for _ in range(5)], session.restart()][:1]
    assert session.optimizer.learning_rate == session.learning_rate
    assert [(session.step(), session.last_rate)[1] for _ in range(5)] == rates[0]


@pytest.mark.parametrize("options", [{"schedule": "cosine"}, {"schedule": "linear"}], ids=str)
def test_a_schedule_that_cannot_be_is_a_sentence(options):
    with pytest.raises(ValueError, match="schedule"):
        TrainingSession(Corpus.from_text(STORY), **options)
