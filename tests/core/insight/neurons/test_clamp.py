"""What holding a unit does: the losses are those of a second reading with the unit held, unit by unit."""

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.neurons import clamp as module
from charrnn.core.insight.neurons.clamp import Clamp, Clamper
from charrnn.core.insight.neurons.holding import begin_with, copy_of, held, place_in_memory
from charrnn.core.insight.neurons.probe import nats_of, probe_of
from charrnn.core.network.forward import read

TEXT = "to be or not to be,\nthat is the question (whether)\n" * 80


def trained(text=TEXT, steps=60, **options):
    session = TrainingSession(Corpus.from_text(text), **{"hidden_size": 7, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("at", ["low", "mean", "high"])
def test_its_figures_are_those_of_reading_again_with_the_unit_held(cell, at):
    session = trained(cell=cell, layers=2)
    found = Clamper().look(session, Clamp(3, -1, at))
    probe, model = probe_of(session.corpus, module.LENGTH, module.STREAMS), copy_of(session.model)
    empty = model.memories(model.initial_hidden(probe.ids.shape[1]))
    states = read(model, probe.ids[:-1], empty)
    values = states[probe.lead + 1 :, place_in_memory(model, 1), :, 3]
    value = values.mean() if at == "mean" else np.quantile(values, 0.05 if at == "low" else 0.95)
    assert found.value == pytest.approx(value)
    plain = nats_of(model, probe, states)
    with held(model, 1, 3, value):
        after = nats_of(model, probe, read(model, probe.ids[:-1], begin_with(model, empty, 1, 3, value)))
    middle = (np.quantile(values, 0.05) + np.quantile(values, 0.95)) / 2
    active = values > middle
    active = active if active.mean() <= 0.5 else ~active
    assert found.share == pytest.approx(active.mean())
    assert found.before == pytest.approx((plain[active].mean(), plain[~active].mean()))
    assert found.after == pytest.approx((after[active].mean(), after[~active].mean()))
    assert found.more[0] == pytest.approx((after - plain).mean())


def test_the_other_units_are_asked_one_after_the_other_until_all_are():
    session = trained()
    ticks = iter(range(10_000))
    clamper = Clamper(clock=lambda: next(ticks))  # each look at the clock is a second later
    asked = [clamper.look(session, Clamp(2, -1, "low", turn)).asked for turn in range(12)]
    assert asked == sorted(asked)
    assert asked[0] < asked[-1] == 7
    whole = clamper.look(session, Clamp(2, -1, "low"))
    each = [Clamper().look(session, Clamp(unit, -1, "low")).more[0] for unit in range(7)]
    assert sorted(whole.more) == pytest.approx(sorted(each))
    assert whole.more[0] == pytest.approx(each[2])


def test_while_it_trains_a_moment_is_asked_to_its_end_before_a_newer_one_is():
    session, now = trained(), [0.0]

    def clock():
        now[0] += 0.001
        return now[0]

    clamper = Clamper(clock)
    first = clamper.look(session, Clamp(2, -1, "mean"))
    session.step()
    assert clamper.look(session, Clamp(2, -1, "mean")).step == first.step
    now[0] += 60
    for _ in range(9):
        clamper.look(session, Clamp(2, -1, "mean"))
    assert clamper.look(session, Clamp(2, -1, "mean")).step == session.step_count


def test_other_weights_after_as_many_steps_are_asked_anew():
    """A run may have gone back, and come to as many steps by another way."""
    session, clamper = trained(), Clamper(clock=lambda: 0.0)
    before = clamper.look(session, Clamp(2, -1, "low"))
    session.model.parameters.flat[:] *= -0.5
    after = clamper.look(session, Clamp(2, -1, "low"))
    assert after.step == before.step
    assert after.value != before.value


def test_the_text_is_the_same_up_to_what_holding_changes():
    session = trained(steps=400)
    found = Clamper().look(session, Clamp(2, -1, "high"))
    assert len(found.plain) == len(found.text) == module.WRITTEN
    assert found.plain == Clamper().look(session, Clamp(5, -1, "low")).plain


def test_a_text_of_a_few_characters_is_too_short_to_tell():
    session = trained("ab", steps=1, seq_length=1)
    assert Clamper().look(session, Clamp(0, -1, "low")) is None


def test_a_unit_that_alone_carries_the_text_costs_much_to_hold():
    """A network made by hand: unit 0 says which of two letters comes next, and unit 1 says nothing."""
    session = trained("ab" * 300, steps=0, hidden_size=2)
    model = session.model
    model.Wxh[:], model.Whh[:], model.Why[:] = [[4, -4], [0, 0]], 0, [[-5, 0], [5, 0]]
    found = [Clamper().look(session, Clamp(unit, -1, "low")).more[0] for unit in (0, 1)]
    assert found[0] > 4  # half of all letters are surely wrong
    assert found[1] == pytest.approx(0.0, abs=1e-9)


def test_asking_leaves_training_as_it_was():
    asked, plain = trained(), trained()
    Clamper().look(asked, Clamp(0, -1, "low"))
    asked.step(), plain.step()
    assert (asked.model.parameters.flat == plain.model.parameters.flat).all()
