"""That cells, layers and streams are PyTorch's, beside PyTorch itself: where it is installed."""

import numpy as np
import pytest

from charrnn.core import CharRNN

torch = pytest.importorskip("torch", reason="needs PyTorch, which `make bench-peers` installs")

V, H, T, B = 11, 9, 12, 4
KINDS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}


def twin_of(model):
    """Their network with our weights; of its two biases we have one, but within a GRU's reset gate."""
    body = getattr(torch.nn, KINDS[model.cell])(V, H, model.layers, dtype=torch.float64)
    head, p = torch.nn.Linear(H, V, dtype=torch.float64), model.parameters
    with torch.no_grad():
        for layer in range(model.layers):
            own = "" if layer == 0 else str(layer + 1)
            getattr(body, f"weight_ih_l{layer}")[:] = torch.tensor(np.ascontiguousarray(p["Wxh" + own]))
            getattr(body, f"weight_hh_l{layer}")[:] = torch.tensor(p["Whh" + own])
            getattr(body, f"bias_ih_l{layer}")[:] = torch.tensor(p["bh" + own])
            inner = getattr(body, f"bias_hh_l{layer}")
            inner[:] = 0
            if model.cell == "gru":
                inner[2 * H :] = torch.tensor(p["bhn" + own])
        head.weight[:], head.bias[:] = torch.tensor(p["Why"]), torch.tensor(p["by"])
    return body, head


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", KINDS)
def test_losses_gradients_and_memories_are_theirs_step_by_step(cell, layers):
    model = CharRNN(V, H, dtype="float64", cell=cell, layers=layers, init="orthogonal", seed=2)
    rng, hidden = np.random.default_rng(0), model.initial_hidden(B)
    for _ in range(20):  # from our weights each time: rounding would part them
        inputs, targets = rng.integers(0, V, (2, T, B))
        body, head = twin_of(model)
        before = torch.tensor(model.memories(hidden).reshape(layers, -1, B, H).swapaxes(0, 1).copy())
        onehot = torch.nn.functional.one_hot(torch.tensor(inputs), V).double()
        h, _ = body(onehot, tuple(before) if cell == "lstm" else before[0])
        loss = torch.nn.functional.cross_entropy(head(h).reshape(-1, V), torch.tensor(targets.reshape(-1)))
        (loss * T).backward()
        ours, gradients, hidden = model.loss_and_gradients(inputs, targets, hidden)
        assert ours == pytest.approx(loss.item() * T, rel=1e-12)
        assert model.outputs(hidden[None])[0] == pytest.approx(h[-1].detach().numpy(), abs=1e-12)
        assert gradients.Why == pytest.approx(head.weight.grad.numpy(), abs=1e-12)
        for layer in range(layers):
            own = "" if layer == 0 else str(layer + 1)
            for name, theirs in (("Wxh", "weight_ih"), ("Whh", "weight_hh"), ("bh", "bias_ih")):
                grad = getattr(body, f"{theirs}_l{layer}").grad.numpy()
                assert gradients[name + own] == pytest.approx(grad, abs=1e-12)
            if cell == "gru":
                inner = getattr(body, f"bias_hh_l{layer}").grad.numpy()[2 * H :]
                assert gradients["bhn" + own] == pytest.approx(inner, abs=1e-12)
        model.parameters.flat[:] -= 0.05 * gradients.flat
