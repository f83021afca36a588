import random

import numpy as np
import pytest

from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.insight.fading import MOST_FADED
from charrnn.core.insight.observer import MOST_POINTS, SHARE, Observer
from charrnn.core.insight.wanted import ERROR_FLOW, ERROR_POINTS, NEEDS, READING, SAMPLE_READING, Wanted
from charrnn.core.live.commands import StepOnce, TogglePause, Watch
from charrnn.core.training.run import Run

STORY = 'The clock was slow. "Slow?" she said, "No."\n' * 30


def make(**options):
    return Run(TrainingSession(Corpus.from_text(STORY), **{"hidden_size": 12, "sample_every": 40, **options}))


def look(observer, run, *needs):
    observer.wanted = Wanted(frozenset(needs))
    return observer.look(run, at_once=True)


def test_what_nobody_needs_is_not_worked_out():
    run, observer = make(), Observer()
    run.step()
    assert observer.look(run, at_once=True) is None
    xray = look(observer, run, READING, SAMPLE_READING)
    assert (xray.window is not None, xray.sample is not None) == (True, True)
    assert (xray.error_flow, xray.tracking, xray.error_points) == (None, None, ())
    flow = look(observer, run, ERROR_FLOW, ERROR_POINTS)
    assert (flow.window, flow.sample, flow.tracking) == (None, None, None)
    assert flow.error_flow is not None


def test_between_two_looks_the_last_one_stands():
    run, observer = make(), Observer()
    run.step()
    first = look(observer, run, READING)
    run.step()
    assert observer.look(run, at_once=False) is first
    assert observer.look(run, at_once=True).step == 2


def test_before_the_first_step_everything_can_be_wanted():
    insight = look(Observer(), make(), *NEEDS)
    assert (insight.step, insight.window, insight.error_flow, insight.sample) == (0, None, None, None)
    assert insight.tracking is not None


def test_an_insight_tells_the_step_it_is_of():
    run, observer = make(learning_rate=0.2), Observer()
    for _ in range(3):
        result = run.step()
    insight = look(observer, run, READING, ERROR_FLOW)
    assert (insight.step, insight.loss, insight.rate) == (3, result.loss, 0.2)
    assert insight.smooth == pytest.approx(0.999 * insight.smooth_before + 0.001 * result.loss)
    assert insight.text == STORY[insight.position : insight.position + 25]
    assert not insight.fresh


def test_curves_over_the_run_stay_bounded_and_in_order():
    run, observer = make(hidden_size=3), Observer()
    for _ in range(3 * MOST_POINTS):
        run.step()
        insight = look(observer, run, ERROR_POINTS)
    steps = [p.step for p in insight.error_points]
    assert len(steps) <= MOST_POINTS + 1
    assert steps == sorted(set(steps))
    assert steps[0] == 1
    run.restart()
    run.step()
    steps = [p.step for p in look(observer, run, ERROR_POINTS).error_points]
    assert steps == [1], "what a restart gave up is forgotten"


def test_looking_into_a_run_never_changes_it():
    looked, plain, observer, chance = make(), make(), Observer(), random.Random(1)
    for _ in range(150):
        looked.step()
        plain.step()
        look(observer, looked, *chance.sample(sorted(NEEDS), chance.randint(0, len(NEEDS))))
        if chance.random() < 0.05:
            looked.reset_memory()
            plain.reset_memory()
    assert np.array_equal(looked.session.model.parameters.flat, plain.session.model.parameters.flat)
    assert np.array_equal(looked.session.optimizer.memory.flat, plain.session.optimizer.memory.flat)
    assert np.array_equal(looked.session.hidden, plain.session.hidden)
    assert looked.session.sample() == plain.session.sample()
    assert looked.journal.capture().samples == plain.journal.capture().samples


def test_the_trainer_looks_where_it_is_told_to_even_while_paused():
    trainer = Trainer(make(), stop_at=5)
    trainer.start()
    assert trainer.waiting.wait(20)
    trainer.send(Watch(Wanted(frozenset({ERROR_FLOW}))))
    trainer.send(StepOnce())
    trainer.send(TogglePause())
    trainer.send(TogglePause())
    snapshot = trainer.stop(20)
    assert snapshot.insight.step == snapshot.step
    assert snapshot.insight.error_flow.step == snapshot.step


def test_at_a_limited_speed_looking_takes_its_share_of_the_time_and_no_more():
    times = iter([0.0, 1.0, 1.1, 1.0 + 0.99 / SHARE, 1.0 + 1.01 / SHARE, 99.0])
    run, observer = make(), Observer(times.__next__)
    run.step()
    observer.wanted, observer.pace = Wanted(frozenset({READING})), 0.0
    first = observer.look(run, at_once=False)  # it takes a second
    run.step()
    assert observer.look(run, at_once=False) is first
    assert observer.look(run, at_once=False) is first
    assert observer.look(run, at_once=False).step == 2


def test_what_is_left_of_the_last_error_is_kept_of_the_newest_windows():
    run, observer = make(), Observer()
    observer.wanted = Wanted(frozenset({ERROR_FLOW, ERROR_POINTS}))
    shares = []
    for _ in range(MOST_FADED + 20):
        run.step()
        flow = observer.look(run, at_once=True).error_flow
        shares.append(flow.error_of_last / flow.error_of_last[-1])
    fading = observer.look(run, at_once=True).fading
    assert fading.windows == MOST_FADED
    assert np.array_equal(fading.middle, np.median(shares[-MOST_FADED:], axis=0))
    assert (fading.low <= fading.middle).all()
    assert (fading.middle <= fading.high).all()
    assert fading.middle[-1] == 1
    assert not fading.high.flags.writeable
    run.restart()
    run.step()
    assert observer.look(run, at_once=True).fading.windows == 1, "the others are of steps that aren't there any more"
