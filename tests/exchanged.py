"""Networks to be exchanged, and what they say of a text, worked out here."""

from functools import cache

import numpy as np

from charrnn.core import CharRNN, Corpus, TrainingSession
from charrnn.core.files.checkpoint import Checkpoint
from charrnn.core.network.forward import read
from charrnn.core.network.sampling import draw
from charrnn.core.training.run import Run

TEXT = "The clock was slow, and everybody knew it.\nNobody minded: “so was the train”, they said. " * 30
NETWORKS = [(cell, layers) for cell in ("rnn", "gru", "lstm") for layers in (1, 2)]


@cache
def trained(cell, layers, dtype="float32", steps=40, **more):
    """The checkpoint of a run that has learnt a little."""
    options = {
        "hidden_size": 24,
        "optimizer": "adam",
        "learning_rate": 0.01,
        "init": "orthogonal",
        "streams": 8,
        "seed": 3,
    }
    session = TrainingSession(Corpus.from_text(TEXT), cell=cell, layers=layers, dtype=dtype, **options | more)
    run = Run(session)
    for _ in range(steps):
        run.step()
    return Checkpoint.of(run, run.capture(), 1.0)


def network_of(checkpoint):
    model = CharRNN.of(checkpoint.settings, len(checkpoint.vocabulary))
    model.parameters.flat[:] = checkpoint.parameters.flat
    return model


def log_probabilities(model, ids):
    """Of what comes after each of `ids` (T, B), from an empty memory: (T, B, V)."""
    h = model.outputs(read(model, ids, model.initial_hidden(ids.shape[1]))[1:]).astype(float)
    logits = h @ model.Why.T.astype(float) + model.by
    largest = logits.max(-1, keepdims=True)
    return logits - largest - np.log(np.exp(logits - largest).sum(-1, keepdims=True))


def greedy(checkpoint, beginning, length):
    """The likeliest characters after a beginning, one after the other."""
    model, vocabulary = network_of(checkpoint), checkpoint.vocabulary
    *before, first = vocabulary.encode(beginning).astype(int)
    hidden = read(model, np.array(before, int)[:, None], model.initial_hidden())[-1]
    return vocabulary.decode(draw(model, first, hidden, length, np.random.default_rng(0), 0.0))
