"""A copy of a network in which one unit of its memory keeps a value, whatever is read.

The copy is a network like any other: only weights of that unit are changed, so that reading and writing are those of
`forward`. A GRU keeps it by an update gate that is always open, an LSTM holds its cell: the forget gate is open and the
input gate shut. A unit of the vanilla cell has nothing but its bias left.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from ...network.cell import Cell
from ...network.model import CharRNN
from ...network.parameters import Array

SHUT = 500.0  # so far from 0 that a logistic gate is 0 or 1, whatever else enters it


def copy_of(model: CharRNN) -> CharRNN:
    """The same network with weights of its own."""
    symbols, units = model.output_size, model.hidden_size
    copy = CharRNN(symbols, units, dtype=model.dtype, cell=model.cell, layers=model.layers)
    copy.parameters.flat[:] = model.parameters.flat
    return copy


def place_in_memory(model: CharRNN, layer: int) -> int:
    """Which vector of the memory (M, B, H) holds what a layer's units keep: h, or an LSTM's c."""
    return layer * model.stack.parts + model.stack.parts - 1


@contextmanager
def held(model: CharRNN, layer: int, unit: int, value: float) -> Iterator[None]:
    """While this lasts the unit of that layer keeps the value; memories must begin with it (`begin_with`)."""
    cell = model.stack.cells[layer]
    kept = model.parameters.flat.copy()
    try:
        _hold(cell, unit, value)
        yield
    finally:
        model.parameters.flat[:] = kept


def begin_with(model: CharRNN, memory: Array, layer: int, unit: int, value: float) -> Array:
    """That memory (M, B, H), with the unit at the value."""
    begun = memory.copy()
    begun[place_in_memory(model, layer), :, unit] = value
    if model.stack.parts > 1:  # what an LSTM shows of it is for its output gate to say: at the start, nothing
        begun[place_in_memory(model, layer) - 1, :, unit] = 0.0
    return begun


def _hold(cell: Cell, unit: int, value: float) -> None:
    gates = cell.GATES
    if "forget" in gates:
        cell.bh[gates.index("forget"), unit] = SHUT
        cell.bh[gates.index("input"), unit] = -SHUT
    elif "update" in gates:
        cell.bh[gates.index("update"), unit] = SHUT
    else:
        edge = 1 - np.finfo(cell.bh.dtype).epsneg
        cell.bh[0, unit] = np.arctanh(np.clip(value, -edge, edge))
        cell.Whh[0, unit] = 0.0
        if cell.input_rows is None:
            cell.Wxh[0, unit] = 0.0
        else:
            cell.input_rows[:, unit] = 0.0
