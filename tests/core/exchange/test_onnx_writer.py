import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from exchanged import NETWORKS, TEXT, greedy, log_probabilities, network_of, trained

from charrnn.core.exchange import onnx_writer
from charrnn.core.exchange.portable import ExchangeError, Portable

onnx = pytest.importorskip("onnx", reason="needs the extra “export”")
runtime = pytest.importorskip("onnxruntime", reason="needs the extra “dev”")


def session_of(checkpoint):
    return runtime.InferenceSession(onnx_writer.onnx_model(Portable.of(checkpoint)).SerializeToString())


def empty(session, streams):
    shapes = {place.name: place.shape for place in session.get_inputs()[1:]}
    return {name: np.zeros((layers, streams, hidden), np.float32) for name, (layers, _, hidden) in shapes.items()}


@pytest.mark.parametrize(("cell", "layers", "dtype"), [*((*n, "float32") for n in NETWORKS), ("gru", 2, "float64")])
def test_a_runtime_gives_the_same_probabilities_and_the_same_greedy_sample(cell, layers, dtype):
    checkpoint = trained(cell, layers, dtype)
    session, vocabulary = session_of(checkpoint), checkpoint.vocabulary
    ids = vocabulary.encode(TEXT[:1000])[:, None].astype(np.int64)
    told, *_ = session.run(None, {"ids": ids, **empty(session, 1)})
    ours = log_probabilities(network_of(checkpoint), ids)
    assert told.shape == (1000, 1, len(vocabulary))
    assert np.abs(told - ours).max() < 1e-5
    assert ours.max() - ours.min() > 3, "it has learnt something that could differ"

    told, *after = session.run(None, {"ids": vocabulary.encode("The ")[:, None].astype(np.int64), **empty(session, 1)})
    written, names = [], list(empty(session, 1))
    for _ in range(200):
        written.append(int(told[-1, 0].argmax()))
        told, *after = session.run(None, {"ids": np.array([[written[-1]]]), **dict(zip(names, after, strict=True))})
    assert vocabulary.decode(np.array(written)) == greedy(checkpoint, "The ", 200)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_texts_side_by_side_may_be_read_in_pieces(cell):
    checkpoint = trained(cell, 2, steps=20)
    session = session_of(checkpoint)
    ids = np.random.default_rng(1).integers(0, len(checkpoint.vocabulary), (40, 3))
    whole, *end = session.run(None, {"ids": ids, **empty(session, 3)})
    assert np.abs(whole - log_probabilities(network_of(checkpoint), ids)).max() < 1e-5
    first, *middle = session.run(None, {"ids": ids[:13], **empty(session, 3)})
    rest, *again = session.run(None, {"ids": ids[13:], **dict(zip(empty(session, 3), middle, strict=True))})
    assert np.concatenate([first, rest]) == pytest.approx(whole, abs=1e-6)
    for one, other in zip(end, again, strict=True):
        assert one.shape == (2, 3, 24)
        assert one == pytest.approx(other, abs=1e-6)


def test_the_model_is_sound_old_enough_and_says_what_it_is():
    checkpoint = trained("gru", 2, steps=3)
    model = onnx_writer.onnx_model(Portable.of(checkpoint))
    onnx.checker.check_model(model, full_check=True)
    assert (model.opset_import[0].version, model.ir_version) == (11, 6)
    assert {node.domain for node in model.graph.node} == {""}
    told = {place.key: place.value for place in model.metadata_props}
    assert "".join(json.loads(told["symbols"])) == checkpoint.vocabulary.characters
    assert json.loads(told["options"]) == asdict(checkpoint.settings)
    assert told["step"] == "3"
    assert model.SerializeToString() == onnx_writer.onnx_model(Portable.of(checkpoint)).SerializeToString()


def test_what_an_onnx_file_has_no_room_for_is_a_sentence(monkeypatch):
    network = Portable.of(trained("rnn", 1, "float64", steps=1))
    huge = {name: tensor * 1e300 for name, tensor in network.tensors.items()}
    with pytest.raises(ExchangeError, match="too large for it"):
        onnx_writer.onnx_model(replace(network, tensors=huge))
    monkeypatch.setattr(onnx_writer, "MOST_BYTES", 1000)
    with pytest.raises(ExchangeError, match="up to 2 GB"):
        onnx_writer.onnx_model(network)
