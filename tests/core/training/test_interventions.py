"""What a person does to a run, as values."""

from dataclasses import FrozenInstanceError, fields

import pytest

from charrnn.core import Corpus, Run, TrainingSession
from charrnn.core.training.interventions import (
    ACTIONS,
    ChangeRate,
    ChangeTemperature,
    DrawSample,
    GoBack,
    Intervention,
    Redo,
    Rejoin,
    ResetMemory,
    Restart,
    SetFactor,
    SetRate,
    SetTemperature,
    Undo,
)

STORY = "The clock was slow, and everybody knew it. " * 30
ALL = (
    ResetMemory(),
    SetRate(0.02),
    ChangeRate(-1),
    SetFactor(0.4),
    SetTemperature(0.5),
    ChangeTemperature(1),
    DrawSample(),
    Restart(),
    GoBack(),
    Undo(),
    Redo(),
    Rejoin(0.05, 0.9, 50, 20),
)


def run_of(steps=60):
    run = Run(TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=8, sample_length=10))
    run.reset_memory()
    for _ in range(steps):
        run.step()
    run.change_rate(-1)
    run.undo()
    return run


def arrays(run):
    state = run.capture().session
    return state.parameters.tobytes(), state.hidden.tobytes(), state.step_count, state.learning_rate, state.generator


def test_every_kind_is_tried_here():
    assert {type(i) for i in ALL} == set(Intervention.__subclasses__())


@pytest.mark.parametrize("intervention", ALL, ids=lambda i: type(i).__name__)
def test_what_was_done_has_the_same_effect_on_a_twin(intervention):
    run, twin = run_of(), run_of()
    before = run.changes
    intervention.do(run)
    assert run.changes > before
    done = intervention.done(run)
    assert done.name == intervention.name
    assert done.done(run) == done
    assert type(done) in (*ACTIONS.values(), Rejoin)
    done.do(twin)
    for each in (run, twin):
        for _ in range(30):
            each.step()
    assert arrays(run) == arrays(twin)
    assert run.session.temperature == twin.session.temperature


@pytest.mark.parametrize(
    ("intervention", "options"),
    [
        (ChangeRate(+1), {"learning_rate": 10.0}),
        (SetRate(0.1), {}),
        (ChangeTemperature(-1), {"temperature": 0.1}),
        (SetTemperature(1.0), {}),
        (Undo(), {}),
        (Redo(), {}),
        (GoBack(), {}),
        (Restart(), {}),
    ],
    ids=str,
)
def test_what_changes_nothing_is_no_change(intervention, options):
    run = Run(TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=8, **options))
    intervention.do(run)
    assert run.changes == 0


def test_they_are_frozen_and_their_fields_are_those_of_a_log():
    with pytest.raises(FrozenInstanceError):
        SetRate(0.1).learning_rate = 1
    assert {field.name for kind in ACTIONS.values() for field in fields(kind)} == {
        "learning_rate",
        "temperature",
        "factor",
    }
