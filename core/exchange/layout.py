"""Our parameters under other frameworks' names, in their shapes, and back: arrays only, no files.

PyTorch's recurrent layers have our equations, and their gates in our order (its documentation of `nn.RNN`, `nn.GRU` and
`nn.LSTM`); each has two biases, b_ih and b_hh, of which only the sum counts, but in a GRU's new memory: there b_hh is
within the reset gate's reach, as our `bhn`. So going out, b_hh is zero but for that part, and coming in, both are
added up but for that part. ONNX (operators RNN, GRU and LSTM) has the same equations, a GRU's with
`linear_before_reset` = 1, with the gates in another order.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ..network.cell import layer_name
from ..network.parameters import Array
from ..network.stack import CELLS

BODY, HEAD = "rnn.", "linear."  # what is before the names of the recurrent layers, and of the output
# Where ONNX has each of its gates from: GRU z, r, h of r, z, n; LSTM i, o, f, c of i, f, g, o.
ONNX_ORDER = {"rnn": (0,), "gru": (1, 0, 2), "lstm": (0, 3, 1, 2)}


class OnnxLayer(NamedTuple):
    """The three weights of an operator, for its one direction: W (1, G H, X), R (1, G H, H) and B (1, 2 G H)."""

    input: Array
    recurrent: Array
    bias: Array


def torch_names(layer: int) -> tuple[str, str, str, str]:
    """What the matrices and the biases of a recurrent layer are called in PyTorch, those of what it reads first."""
    kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    ih, hh, b_ih, b_hh = (f"{kind}_l{layer}" for kind in kinds)
    return ih, hh, b_ih, b_hh


def to_torch(weights: Mapping[str, Array], cell: str, layers: int) -> dict[str, Array]:
    """Copies of the parameters as entries of a `state_dict`: recurrent layers after `BODY`, the output after `HEAD`.

    The output's are `weight` (Y, H) and `bias` (Y,), as `nn.Linear` has them.
    """
    tensors: dict[str, Array] = {}
    for layer in range(layers):
        Wxh, Whh, bh = (weights[layer_name(name, layer)] for name in ("Wxh", "Whh", "bh"))
        inner = np.zeros_like(bh)
        if cell == "gru":
            inner[2 * Whh.shape[1] :] = weights[layer_name("bhn", layer)]
        for name, array in zip(torch_names(layer), (Wxh, Whh, bh, inner), strict=True):
            tensors[BODY + name] = np.array(array, order="C")
    for name, ours in (("weight", "Why"), ("bias", "by")):
        tensors[HEAD + name] = np.array(weights[ours], order="C")
    return tensors


def torch_shapes(cell: str, layers: int, inputs: int, hidden: int, outputs: int) -> dict[str, tuple[int, ...]]:
    """The shapes of such entries, by name."""
    rows, shapes = len(CELLS[cell].GATES) * hidden, dict[str, tuple[int, ...]]()
    for layer in range(layers):
        forms = ((rows, hidden if layer else inputs), (rows, hidden), (rows,), (rows,))
        shapes |= zip((BODY + name for name in torch_names(layer)), forms, strict=True)
    return shapes | {f"{HEAD}weight": (outputs, hidden), f"{HEAD}bias": (outputs,)}


def from_torch(tensors: Mapping[str, Array], cell: str, layers: int, weights: Mapping[str, Array]) -> None:
    """Write such entries into the parameters of a network of that form."""
    for layer in range(layers):
        ih, hh, b_ih, b_hh = (tensors[BODY + name] for name in torch_names(layer))
        weights[layer_name("Wxh", layer)][...] = ih
        weights[layer_name("Whh", layer)][...] = hh
        outer = b_hh.copy()
        if cell == "gru":
            new = slice(2 * hh.shape[1], None)
            weights[layer_name("bhn", layer)][...] = b_hh[new]
            outer[new] = 0
        weights[layer_name("bh", layer)][...] = b_ih + outer
    weights["Why"][...], weights["by"][...] = tensors[f"{HEAD}weight"], tensors[f"{HEAD}bias"]


def onnx_layer(tensors: Mapping[str, Array], cell: str, layer: int) -> OnnxLayer:
    """What ONNX's operator for a layer takes, of the entries that `to_torch` gives."""

    def ordered(array: Array) -> Array:
        by_gate = array.reshape(len(ONNX_ORDER[cell]), -1, *array.shape[1:])
        return by_gate[list(ONNX_ORDER[cell])].reshape(array.shape)

    ih, hh, b_ih, b_hh = (ordered(tensors[BODY + name]) for name in torch_names(layer))
    return OnnxLayer(ih[None], hh[None], np.concatenate([b_ih, b_hh])[None])
