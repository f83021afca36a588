import numpy as np
import pytest
from exchanged import NETWORKS

from charrnn.core import CharRNN
from charrnn.core.exchange.layout import from_torch, onnx_layer, to_torch, torch_shapes

V, H = 7, 3


def network(cell, layers):
    """One in which every parameter is another number."""
    model = CharRNN(V, H, cell=cell, layers=layers, dtype="float64")
    model.parameters.flat[:] = np.arange(1, model.parameters.flat.size + 1)
    return model


@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_what_goes_out_comes_back_as_it_was(cell, layers):
    model, other = network(cell, layers), network(cell, layers)
    tensors = to_torch(model.parameters, cell, layers)
    assert {name: array.shape for name, array in tensors.items()} == torch_shapes(cell, layers, V, H, V)
    assert all(array.flags.c_contiguous for array in tensors.values())
    other.parameters.flat[:] = 0
    from_torch(tensors, cell, layers, other.parameters)
    assert other.parameters.flat.tolist() == model.parameters.flat.tolist()


@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_of_two_biases_the_sum_counts_but_within_a_grus_reset_gate(cell, layers):
    model, other = network(cell, layers), network(cell, layers)
    tensors = to_torch(model.parameters, cell, layers)
    for layer in range(layers):
        inner = tensors[f"rnn.bias_hh_l{layer}"]
        moved = np.arange(len(inner)) / 8
        if cell == "gru":
            moved[2 * H :] = 0
        tensors[f"rnn.bias_ih_l{layer}"] -= moved
        inner += moved
    from_torch(tensors, cell, layers, other.parameters)
    assert other.parameters.flat.tolist() == model.parameters.flat.tolist()


def test_onnx_has_the_gates_in_its_own_order():
    gates = {"gru": "rzn", "lstm": "ifgo", "rnn": "h"}
    theirs = {"gru": "zrn", "lstm": "iofg", "rnn": "h"}
    for cell, ours in gates.items():
        tensors = to_torch(network(cell, 1).parameters, cell, 1)
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            tensors[f"rnn.{name}_l0"][:] = np.repeat([ord(c) for c in ours], H).reshape(-1, *[1] * ("weight" in name))
        layer = onnx_layer(tensors, cell, 0)
        rows = "".join(chr(int(row)) for row in layer.input[0, ::H, 0])
        assert rows == theirs[cell]
        assert "".join(chr(int(row)) for row in layer.recurrent[0, ::H, 0]) == rows
        assert "".join(chr(int(row)) for row in layer.bias[0, ::H]) == rows * 2
