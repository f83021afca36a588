import math

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.error_flow import last_update, look_back
from charrnn.core.settings import RATES

CLIP = 5
TEXT = "to be or not to be, that is the question " * 5


def session_after(steps, **options):
    session = TrainingSession(Corpus.from_text(TEXT), **{"hidden_size": 7, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


def losses(model, ids, t, h):
    """The losses of the characters from place t on, if the memory after reading place t is h."""
    costs = []
    for place in range(t, len(ids) - 1):
        if place > t:
            h = np.tanh(model.Wxh[:, ids[place]] + model.Whh @ h + model.bh)
        logits = model.Why @ h + model.by
        costs.append(math.log(np.exp(logits).sum()) - logits[ids[place + 1]])
    return costs


def test_error_norms_agree_with_central_differences():
    session, before = session_after(25), session_after(25)
    session.step()
    flow, states = look_back(session), session.model.buffers.h_after.copy()
    ids = session.corpus.ids[before.position : before.position + 26].astype(int)
    step = 1e-6
    for t in (0, 5, 17, 23, 24):
        whole, last = np.zeros(7), np.zeros(7)
        for unit in range(7):
            there, here = (losses(before.model, ids, t, states[t] + sign * step * np.eye(7)[unit]) for sign in (1, -1))
            whole[unit] = (sum(there) - sum(here)) / (2 * step)
            last[unit] = (there[-1] - here[-1]) / (2 * step)
        assert flow.error[t] == pytest.approx(np.linalg.norm(whole), rel=1e-5)
        assert flow.error_of_last[t] == pytest.approx(np.linalg.norm(last), rel=1e-4, abs=1e-9)


def test_the_update_is_what_the_step_took_from_the_weights():
    session = session_after(25)
    before = session.model.parameters.copy()
    session.step()
    session.learning_rate = 5.0  # a later change of the rate says nothing of this step
    update = last_update(session)
    assert update.flat == pytest.approx(before.flat - session.model.parameters.flat, abs=1e-15)
    for matrix in look_back(session).matrices:
        moved = np.linalg.norm(before[matrix.name] - session.model.parameters[matrix.name])
        assert matrix.update_norm == pytest.approx(moved)
        assert matrix.ratio == pytest.approx(moved / np.linalg.norm(before[matrix.name]))


def test_clipped_and_largest_are_those_of_the_gradient_before_clipping():
    session = session_after(30, hidden_size=30)
    session.model.Why[...] *= 40
    session.step()
    gradient, flow = session.model.gradients.dense(), look_back(session)
    everything = np.concatenate([gradient[m.name].ravel() for m in flow.matrices])
    assert flow.clipped == pytest.approx(np.mean(np.abs(everything) > CLIP))
    assert flow.clipped > 0
    for m in flow.matrices:
        assert m.clipped == pytest.approx(np.mean(np.abs(gradient[m.name]) > CLIP))
        assert m.largest == pytest.approx(np.abs(gradient[m.name]).max())


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize("clip", ["5", "norm:1", "off"])
def test_what_a_step_moved_is_told_for_every_optimizer_and_clipping(name, clip):
    session = session_after(9, optimizer=name, clip=clip)
    before = session.model.parameters.copy()
    session.step()
    flow = look_back(session)
    for matrix in flow.matrices:
        moved = np.linalg.norm(before[matrix.name] - session.model.parameters[matrix.name])
        assert matrix.update_norm == pytest.approx(moved, rel=1e-6)
    length = math.sqrt(sum(m.gradient_norm**2 for m in flow.matrices))
    assert flow.factor == pytest.approx(min(1, 1 / (length + 1e-6)) if clip == "norm:1" else 1)
    assert flow.clipped == (flow.factor < 1 if clip == "norm:1" else flow.clipped if clip == "5" else 0)


def test_full_gradients_are_those_the_network_gives():
    session, before = session_after(12), session_after(12)
    window = before.windows.next_window()
    _, expected, _ = before.model.loss_and_gradients(window.inputs, window.targets, before.hidden)
    session.step()
    for name, gradient in expected.items():
        assert session.model.gradients.dense()[name] == pytest.approx(gradient)


def test_the_effective_rate_is_the_median_of_what_the_sums_leave():
    session = session_after(20, learning_rate=0.05)
    sums = session.optimizer.memory.Whh
    flow = {m.name: m for m in look_back(session).matrices}
    assert flow["Whh"].effective_rate == pytest.approx(0.05 / math.sqrt(np.median(sums)))
    never = session_after(1)
    never.optimizer.memory.flat[:] = 1e-8
    assert math.isnan(look_back(never).matrices[0].effective_rate)


def test_saturated_is_the_share_of_units_at_their_ends():
    session = session_after(3)
    session.model.bh[:3] = 50
    session.step()
    assert look_back(session).saturated == pytest.approx(3 / 7, abs=0.01)


def test_before_the_first_step_and_after_a_restart_there_is_nothing_to_look_back_at():
    session = session_after(0)
    assert look_back(session) is None
    session.step()
    assert look_back(session).step == 1
    session.restart()
    assert look_back(session) is None


def test_a_step_that_changed_nothing_has_an_update_of_zero():
    session = session_after(5)
    session.model.Why[0, 0] = np.nan
    with np.errstate(all="ignore"):
        assert not session.step().finite
        assert not last_update(session).flat.any() or np.isnan(last_update(session).flat).any()
        assert session.last_rate == 0
