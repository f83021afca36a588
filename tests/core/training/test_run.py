"""Divergence, ways back and restart, on a real session. The last test tries interventions in any order."""

import math

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from charrnn.core import Corpus, TrainingSession
from charrnn.core.training.run import KEEP_EVERY, MOST_FALLS, Run
from charrnn.core.training.undo import KeptStates

STORY = "The clock was slow, and everybody knew it. " * 30


def new_run(budget=1 << 26, **options):
    options = {"hidden_size": 8, "sample_length": 20, **options}
    return Run(TrainingSession(Corpus.from_text(STORY, "story"), **options), kept=KeptStates(budget))


def steps(run, count):
    with np.errstate(all="ignore"):
        for _ in range(count):
            run.step()
    return run


def same(one, other):
    """Whether two runs are at the same place, bit for bit, and remember the same losses."""
    a, b = one.capture(), other.capture()
    arrays = [(getattr(a.session, n), getattr(b.session, n)) for n in ("parameters", "hidden")]
    arrays += [(a.session.optimizer["sums"], b.session.optimizer["sums"])]
    arrays += [(a.journal.losses.buckets, b.journal.losses.buckets)]
    rest = ("position", "passes", "started", "step_count", "smooth_loss", "learning_rate", "generator")
    return all(x.tobytes() == y.tobytes() for x, y in arrays) and all(
        getattr(a.session, n) == getattr(b.session, n) for n in rest
    )


def spoil(run):
    """Make the next loss something that isn't a number."""
    run.session.model.Why[:] = np.inf


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_restored_run_goes_on_bit_for_bit_with_losses_samples_and_marks(dtype):
    straight = steps(new_run(dtype=dtype), 350)
    straight.set_rate(0.05)
    state = straight.capture()
    other = steps(new_run(dtype=dtype, seed=5), 40)
    other.session.seed = 0
    other.restore(state)
    for run in (straight, other):
        steps(run, 250)
    assert same(straight, other)
    assert [s[1:] for s in straight.journal.samples] == [s[1:] for s in other.journal.samples]
    assert [m[1:] for m in straight.journal.marks] == [m[1:] for m in other.journal.marks]


def test_a_step_whose_loss_is_not_finite_changes_nothing_but_the_place_in_the_text():
    run = steps(new_run(), 20)
    spoil(run)
    before = run.capture().session
    steps(run, 1)
    after = run.capture().session
    assert "no longer a number" in run.trouble
    assert before.optimizer["sums"].tobytes() == after.optimizer["sums"].tobytes()
    assert before.parameters.tobytes() == after.parameters.tobytes()
    assert before.hidden.tobytes() == after.hidden.tobytes()
    assert before.smooth_loss == after.smooth_loss
    assert after.step_count == 21
    assert [m.kind for m in run.journal.marks] == ["diverged"]
    assert math.isnan(run.journal.losses.view().smooth[-1]), "a gap in the chart, not a healthy line"


def test_a_gradient_that_is_not_finite_is_noticed_although_the_loss_is():
    run = steps(Run(TrainingSession(Corpus.from_text("Z" + STORY), hidden_size=8)), 20)
    model, vocabulary = run.session.model, run.session.corpus.vocabulary
    model.bh[0] = 50  # h[0] is 1 now
    model.Why[vocabulary.characters.index("Z"), 0] = -np.inf  # a probability of 0, which costs nothing: no Z is near
    before = model.parameters.flat.copy()
    with np.errstate(all="ignore"):
        result = run.step()
    assert np.isfinite(result.loss)
    assert not result.finite
    assert "a gradient is no longer a number" in run.trouble
    assert np.array_equal(before, model.parameters.flat)


def test_going_back_takes_the_last_good_state_at_half_the_rate():
    run = steps(new_run(), KEEP_EVERY + 500)
    good = steps(new_run(), KEEP_EVERY)
    spoil(run)
    steps(run, 1)
    assert "back from step 1,501, rate 0.05" in run.go_back()
    assert run.trouble == ""
    good.session.learning_rate = 0.05
    assert same(run, good)
    assert run.journal.ghost.steps == KEEP_EVERY + 501
    assert run.journal.marks[-1].kind == "back"
    steps(run, 100)
    steps(good, 100)
    assert same(run, good)


def test_falling_again_and_again_is_counted_and_progress_forgets_it():
    run = steps(new_run(), 50)
    for fall in range(1, MOST_FALLS + 1):
        spoil(run)
        steps(run, 1)
        assert run.falls == fall
        run.go_back()
        assert np.isfinite(run.session.model.Why).all()
        assert run.session.learning_rate == pytest.approx(0.1 / 2**fall)
    steps(run, 2 * KEEP_EVERY)
    spoil(run)
    steps(run, 1)
    assert run.falls == 1


def test_a_loss_that_climbs_is_marked_once_and_training_goes_on():
    run = steps(new_run(), 1200)
    best = run.best
    run.session.learning_rate = 1000.0
    steps(run, 300)
    assert run.session.smooth_loss > 1.5 * best
    assert run.session.step_count == 1500
    assert [m.kind for m in run.journal.marks if m.kind != "wrap"] == ["climbing"]
    assert "× its best" in run.trouble
    run.go_back()
    assert run.session.step_count == 1000
    assert run.session.smooth_loss < 1.5 * best
    assert run.trouble == ""


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (lambda run: run.reset_memory(), "memory reset"),
        (lambda run: run.change_rate(+1), "rate 0.1 → 0.2"),
        (lambda run: run.restart(), "restart"),
    ],
)
@pytest.mark.parametrize("later", [0, 130])
def test_undo_goes_to_the_state_before_and_redo_comes_back(what, text, later):
    run, untouched = steps(new_run(), 300), steps(new_run(), 300)
    what(run)
    steps(run, later)
    after = run.capture()
    assert run.undo() == f"undone: {text}"
    assert same(run, untouched)
    if later:
        assert run.journal.ghost.steps == after.journal.losses.steps
    steps(run, 60)
    steps(untouched, 60)
    assert same(run, untouched)
    run.undo()
    assert run.redo() == f"done again: {text}"
    assert run.session.step_count == after.step
    assert run.capture().session.parameters.tobytes() == after.session.parameters.tobytes()


def test_with_nothing_to_undo_nothing_happens():
    run = steps(new_run(), 10)
    assert run.undo() == "nothing to undo"
    assert run.redo() == "nothing to do again"
    assert same(run, steps(new_run(), 10))


def test_a_restart_is_the_same_run_again_with_the_rate_of_now_and_a_ghost():
    run, fresh = steps(new_run(), 300), new_run(learning_rate=0.2)
    run.change_rate(+1)
    curve = run.journal.losses.view()
    run.restart()
    assert np.array_equal(run.journal.ghost.smooth, curve.smooth)
    assert same(run, fresh)
    steps(run, 250)
    steps(fresh, 250)
    assert same(run, fresh)
    assert [s.text for s in run.journal.samples] == [s.text for s in fresh.journal.samples]


def test_a_model_that_was_given_restarts_from_what_it_was():
    from charrnn.core import CharRNN

    corpus = Corpus.from_text(STORY)
    model = CharRNN(len(corpus.vocabulary), 6, seed=9)
    first = model.parameters.flat.copy()
    run = steps(Run(TrainingSession(corpus, model=model)), 20)
    run.restart()
    assert np.array_equal(model.parameters.flat, first)


def test_memory_for_going_back_stays_within_its_budget():
    run = steps(new_run(), 1)
    one = run.capture().size
    run = steps(new_run(budget=5 * one), 1)
    for _ in range(50):
        run.reset_memory()
        steps(run, 3)
        assert run.kept.size <= 5 * one
    assert len(run.kept.undo) >= 2
    tiny = steps(new_run(budget=10), 30)
    tiny.reset_memory()
    assert tiny.kept.size == 0
    assert "no earlier state is kept" in tiny.go_back()
    assert tiny.undo() == "nothing to undo"


class AnyOrder(RuleBasedStateMachine):
    """Interventions in any order: the run stays whole, and undo finds the way back."""

    def __init__(self):
        super().__init__()
        self.run = new_run(budget=1 << 20, sample_every=7)
        self.before = []

    @rule(count=st.integers(1, 40))
    def train(self, count):
        steps(self.run, count)

    @rule(direction=st.sampled_from([1, -1]))
    def rate(self, direction):
        self._intervene(lambda: self.run.change_rate(direction))

    @rule()
    def reset(self):
        self._intervene(self.run.reset_memory)

    @rule()
    def restart(self):
        self._intervene(self.run.restart)

    @rule()
    def go_back(self):
        self.run.go_back()
        self.before = []

    @rule()
    def sample(self):
        self.run.draw_sample()

    @rule()
    def spoil_a_step(self):
        weights = self.run.session.model.parameters.flat.copy()
        spoil(self.run)
        steps(self.run, 1)
        assert "number" in self.run.trouble
        self.run.session.model.parameters.flat[:] = weights
        steps(self.run, 1)

    @rule()
    def redo(self):
        self.run.redo()
        self.before = []

    @precondition(lambda self: self.before)
    @rule()
    def undo(self):
        expected = self.before.pop()
        if self.run.kept.undo:
            self.run.undo()
            state = self.run.capture().session
            assert state.parameters.tobytes() == expected.parameters.tobytes()
            assert (state.step_count, state.learning_rate) == (expected.step_count, expected.learning_rate)

    def _intervene(self, intervention):
        state, held = self.run.capture().session, len(self.run.kept.undo)
        intervention()
        if len(self.run.kept.undo) > held:
            self.before.append(state)
        elif self.run.kept.undo and self.run.kept.undo[-1].state.session.step_count != state.step_count:
            self.before = []

    @invariant()
    def is_whole(self):
        run = self.run
        assert run.journal.losses.steps == run.session.step_count
        assert np.isfinite(run.session.model.parameters.flat).all()
        assert run.session.learning_rate > 0
        numbers = [m.number for m in run.journal.marks]
        assert numbers == sorted(set(numbers))


AnyOrder.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestAnyOrder = AnyOrder.TestCase


def test_a_new_temperature_changes_samples_and_nothing_of_the_training():
    warm, plain = (
        Run(TrainingSession(Corpus.from_text("the clock was slow " * 20), hidden_size=8, sample_every=10))
        for _ in range(2)
    )
    assert warm.change_temperature(+1) == "temperature 1 → 1.2"
    for _ in range(30):
        warm.step()
        plain.step()
    assert np.array_equal(warm.session.model.parameters.flat, plain.session.model.parameters.flat)
    assert warm.journal.samples != plain.journal.samples
    assert warm.settings.temperature == 1.2
    for _ in range(9):
        said = warm.change_temperature(+1)
    assert said == "the temperature stays 5"


def test_after_an_undo_there_is_a_way_back_too():
    run = new_run()
    for _ in range(2500):
        run.step()
    run.set_rate(0.2)
    for _ in range(6000):
        run.step()
    run.undo()
    assert run.go_back().startswith("back from step 2,500, rate 0.05")
    assert run.session.step_count == 2500


def test_a_best_loss_of_nothing_at_all_can_be_climbed_from():
    run = steps(new_run(), 3)
    run.best = 0.0
    steps(run, 1)
    assert run.climbing
    assert run.trouble == "loss above its best"
