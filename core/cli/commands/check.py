"""`charrnn check`: the derivatives of a real window, by backpropagation and by central differences."""

import argparse
import os
import zipfile
from dataclasses import replace

import numpy as np
from rich.console import Console
from rich.table import Table

from ...files.resume import data_of, read_or_offer, resumed
from ...files.run_folders import find_checkpoint
from ...network.derivatives import TOLERANCE, MatrixCheck, check_derivatives, check_parameters
from ...network.model import CharRNN
from ...text.builtin import builtin_corpus
from ...text.visible import counted, readable
from ...training.base_session import Session
from ...training.example_session import ExampleSession
from ...training.room import session_with_room
from ..chosen import new_settings
from ..opening import named_corpus


def check(options: argparse.Namespace) -> int:
    """Print a table with a line for each matrix; returns 1 where one of them is wrong."""
    session = _session(options)
    checks = _checks(session, options.entries)
    of = f" in each of {session.streams:,} streams" if session.streams > 1 else ""
    print(
        f"{readable(session.corpus.name)}, after {counted(session.step_count, 'step')}: a window of "
        f"{counted(session.seq_length, 'character')}{of}, H {session.model.hidden_size:,}, in float64"
        if session.sizes is None
        else f"{readable(session.corpus.name)}, after {counted(session.step_count, 'step')}: "
        f"{counted(session.streams, 'example')}, H {session.model.hidden_size:,}, in float64"
    )
    Console(width=10_000, highlight=False, soft_wrap=True).print(_table(checks))
    print(
        "error: the difference of the two by the sum of their sizes, or by 0.01 where that is larger (the worst entry"
    )
    print("of those checked); along: the same for the derivative along a random direction through the whole matrix.")
    wrong = [c.name for c in checks if not c.passes]
    if wrong:
        print(f"{', '.join(wrong)}: wrong. An error of more than {TOLERANCE:g} isn't rounding.")
    else:
        print(f"All agree: no error is larger than {max(max(c.error, c.along) for c in checks):.1g}.")
    return int(bool(wrong))


def _table(checks: list[MatrixCheck]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("matrix", "shape", "checked", "worst at", "backward", "difference", "error", "along", ""):
        table.add_column(heading, justify="left" if heading in ("matrix", "") else "right")
    for c in checks:
        table.add_row(
            c.name,
            " × ".join(map(str, c.shape)),
            f"{c.checked:,}",
            ", ".join(map(str, c.worst)),
            f"{c.backward:.8g}",
            f"{c.numeric:.8g}",
            f"{c.error:.1e}",
            f"{c.along:.1e}",
            "agrees" if c.passes else "WRONG",
        )
    return table


def _session(options: argparse.Namespace) -> Session:
    """A network that has begun to learn: weights of 0.01 have hardly any gradient to check."""
    path = find_checkpoint(options.corpus[0]) if len(options.corpus) == 1 else None
    if path is not None and (path.suffix == ".npz" or (os.path.isfile(path) and zipfile.is_zipfile(path))):  # noqa: PTH113
        checkpoint = read_or_offer(path)
        return resumed(checkpoint, data_of(checkpoint.corpus, checkpoint.settings)).session
    corpus = named_corpus(options) or builtin_corpus()
    session = session_with_room(corpus, replace(new_settings(options), dtype="float64", sample_every=None))
    for _ in range(options.steps):
        session.step()
    return session


def _checks(session: Session, entries: int) -> list[MatrixCheck]:
    window = session.windows.next_window()
    if isinstance(session, ExampleSession):
        twin = session.task.network(replace(session.settings, dtype="float64", dropout=0.0))
        twin.parameters.flat[:] = session.model.parameters.flat
        return check_parameters(twin, lambda: twin.loss_and_gradients_of(window), entries=entries, seed=session.seed)
    hidden = np.zeros(session.hidden.shape) if window.fresh else session.hidden.astype(float)
    model = _in_double(session.model)
    return check_derivatives(model, window.inputs, window.targets, hidden, entries=entries, seed=session.seed)


def _in_double(model: CharRNN) -> CharRNN:
    twin = CharRNN(model.vocab_size, model.hidden_size, dtype="float64", cell=model.cell, layers=model.layers)
    twin.parameters.flat[:] = model.parameters.flat
    return twin
