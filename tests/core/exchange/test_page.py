"""docs/export.md runs as it stands, and what it writes is what this program would."""

import re
from pathlib import Path

import numpy as np
import pytest
from exchanged import NETWORKS, TEXT, greedy, log_probabilities, network_of, trained

from charrnn.core.exchange.onnx_writer import write_onnx
from charrnn.core.exchange.portable import Portable
from charrnn.core.exchange.safetensors_writer import write_safetensors

PAGE = (Path(__file__).parents[3] / "docs" / "export.md").read_text()
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.S)


def ran(examples):
    """The names that they leave."""
    names = {}
    for example in examples:
        exec(compile(example, "docs/export.md", "exec"), names)
    return names


@pytest.fixture
def here(tmp_path, monkeypatch):
    pytest.importorskip("safetensors", reason="needs the extra “export”")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_in_onnx_runtime(here, cell, layers):
    pytest.importorskip("onnx", reason="needs the extra “export”")
    pytest.importorskip("onnxruntime", reason="needs the extra “dev”")
    checkpoint = trained(cell, layers)
    write_onnx(Portable.of(checkpoint), here / "model.onnx")
    assert ran(EXAMPLES[2:])["written"] == greedy(checkpoint, "The ", 100)


@pytest.mark.parametrize(("cell", "layers", "dtype"), [*((*n, "float32") for n in NETWORKS), ("gru", 2, "float64")])
def test_in_pytorch(here, cell, layers, dtype):
    torch = pytest.importorskip("torch", reason="needs PyTorch, which `make bench-peers` installs")
    checkpoint = trained(cell, layers, dtype)
    write_safetensors(Portable.of(checkpoint), here / "model.safetensors")
    names = ran(EXAMPLES[:2])
    assert names["written"] == greedy(checkpoint, "The ", 100)
    with torch.no_grad():
        told = names["read"](TEXT[:1000])[0].numpy()
    ours = log_probabilities(network_of(checkpoint), checkpoint.vocabulary.encode(TEXT[:1000])[:, None])[:, 0]
    assert np.abs(told - ours).max() < (1e-5 if dtype == "float32" else 1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_a_module_of_pytorchs_is_read_as_it_is(here, cell, layers, dtype):
    torch = pytest.importorskip("torch", reason="needs PyTorch, which `make bench-peers` installs")
    from safetensors.torch import save_file

    from charrnn.core import CharRNN
    from charrnn.core.exchange.safetensors_reader import read_safetensors

    V, kind = 13, getattr(torch, dtype)
    torch.manual_seed(0)
    body, head = getattr(torch.nn, cell.upper())(V, 9, layers, dtype=kind), torch.nn.Linear(9, V, dtype=kind)
    theirs = torch.nn.Sequential(body, head)
    save_file(theirs.state_dict(), here / "model.safetensors")
    read = read_safetensors(here / "model.safetensors")
    assert read.settings.dtype == dtype
    model = CharRNN.of(read.settings, V)
    model.parameters.flat[:] = read.weights.flat
    ids = np.random.default_rng(0).integers(0, V, (1000, 2))
    with torch.no_grad():
        h, _ = body(torch.nn.functional.one_hot(torch.tensor(ids), V).to(kind))
        told = head(h).log_softmax(-1).numpy()
    assert np.abs(told - log_probabilities(model, ids)).max() < (1e-5 if dtype == "float32" else 1e-12)
