"""A copy whose unit is held reads like the network itself, if somebody sets that unit after every character."""

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.neurons.holding import begin_with, copy_of, held, place_in_memory
from charrnn.core.network.forward import read

TEXT = "to be or not to be,\nthat is the question (whether)\n" * 8


def trained(**options):
    session = TrainingSession(Corpus.from_text(TEXT), **{"hidden_size": 7, "dtype": "float64", **options})
    for _ in range(60):
        session.step()
    return session


def set_after_each(model, ids, layer, unit, value):
    """Each layer of each character by itself, with the unit set in what the layer hands on; an LSTM's cell."""
    S = model.stack.parts
    memory = begin_with(model, model.memories(model.initial_hidden()), layer, unit, value)
    states = []
    for number in ids:
        for cell in model.stack.cells:
            own = memory[S * cell.layer : S * cell.layer + S]
            if cell.layer:
                entering = cell.enter(memory[S * (cell.layer - 1)])
            else:
                entering = (model.parameters.input_rows[number] + model.parameters.bh)[None]
            into = np.empty_like(own)
            cell.advance(own, entering, into)
            if cell.layer == layer:
                if S > 1:  # h is the output gate's share of tanh c
                    shown = np.divide(into[0, :, unit], np.tanh(into[1, :, unit]))
                    into[1, :, unit] = value
                    into[0, :, unit] = shown * np.tanh(value)
                else:
                    into[0, :, unit] = value
            memory[S * cell.layer : S * cell.layer + S] = into
        states.append(memory.copy())
    return np.array(states)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize(("layers", "layer"), [(1, 0), (2, 0), (2, 1)])
def test_it_is_as_if_the_unit_were_set_after_every_character(cell, layers, layer):
    model = copy_of(trained(cell=cell, layers=layers).model)
    ids = Corpus.from_text(TEXT).ids[:30].astype(int)
    for value in (-0.83, 0.31):
        expected = set_after_each(model, ids, layer, 3, value)
        with held(model, layer, 3, value):
            start = begin_with(model, model.memories(model.initial_hidden()), layer, 3, value)
            found = read(model, ids[:, None], start if model.stack.memories > 1 else start[0])
        assert found[1:] == pytest.approx(expected, abs=1e-9)
        assert found[:, place_in_memory(model, layer), :, 3] == pytest.approx(value)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_afterwards_the_copy_is_what_it_was_and_the_network_never_changed(cell):
    session = trained(cell=cell)
    before = session.model.parameters.flat.copy()
    copy = copy_of(session.model)
    with held(copy, 0, 2, 0.5):
        assert (copy.parameters.flat != before).any()
    assert (copy.parameters.flat == before).all()
    assert (session.model.parameters.flat == before).all()
