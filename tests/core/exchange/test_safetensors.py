import json
import struct
from dataclasses import asdict, replace

import numpy as np
import pytest
from exchanged import NETWORKS, trained
from hypothesis import given, settings
from hypothesis import strategies as st

from charrnn.core import Corpus, TrainingSession
from charrnn.core.exchange import safetensors_reader
from charrnn.core.exchange.portable import ExchangeError, Portable
from charrnn.core.exchange.safetensors_reader import read_safetensors
from charrnn.core.exchange.safetensors_writer import write_safetensors
from charrnn.core.files.checkpoint import Checkpoint
from charrnn.core.text.vocabulary import Vocabulary
from charrnn.core.training.run import Run

library = pytest.importorskip("safetensors.numpy", reason="needs the extra “export”")
WILD = "\t\n\r \x1b\"'\\é“中\u2028\U0001f600\ud800\udc00"  # among them both halves of a pair, which aren't one


@pytest.fixture
def place(tmp_path):
    return tmp_path / "model.safetensors"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_a_network_comes_back_bit_for_bit_with_all_that_is_known_of_it(place, cell, layers, dtype):
    checkpoint = trained(cell, layers, dtype, steps=3)
    write_safetensors(Portable.of(checkpoint), place)
    read = read_safetensors(place)
    assert read.weights.flat.tobytes() == checkpoint.parameters.flat.tobytes()
    assert (read.settings, read.step) == (checkpoint.settings, 3)
    assert read.vocabulary.characters == checkpoint.vocabulary.characters


def test_any_character_may_be_a_symbol(place):
    run = Run(TrainingSession(Corpus.from_text(WILD * 20), hidden_size=4))
    write_safetensors(Portable.of(Checkpoint.of(run, run.capture(), 0.0)), place)
    assert read_safetensors(place).vocabulary.characters == "".join(sorted(WILD))


def test_a_program_that_knows_only_the_format_reads_names_shapes_and_texts(place):
    checkpoint = trained("gru", 2, steps=1)
    write_safetensors(Portable.of(checkpoint), place)
    V = len(checkpoint.vocabulary)
    tensors = library.load_file(place)
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        **{"rnn.weight_ih_l0": (72, V), "rnn.weight_ih_l1": (72, 24)},
        **{f"rnn.weight_hh_l{layer}": (72, 24) for layer in (0, 1)},
        **{f"rnn.bias_{kind}_l{layer}": (72,) for layer in (0, 1) for kind in ("ih", "hh")},
        **{"linear.weight": (V, 24), "linear.bias": (V,)},
    }
    length = int.from_bytes(place.read_bytes()[:8], "little")
    texts = json.loads(place.read_bytes()[8 : 8 + length])["__metadata__"]
    assert set(texts) == {"format", "format_version", "program", "symbols", "options", "step"}
    assert json.loads(texts["options"]) == asdict(checkpoint.settings)


@pytest.fixture(scope="module")
def network():
    return Portable.of(trained("gru", 1, steps=2))


def test_a_network_of_anybodys_is_known_by_its_names_and_shapes(place, network):
    theirs = {name.replace("rnn.", "body.cell.").replace("linear.", "fc."): t for name, t in network.tensors.items()}
    library.save_file(theirs, place)
    read = read_safetensors(place)
    assert (read.vocabulary, read.step) == (None, None)
    assert (read.settings.cell, read.settings.layers, read.settings.hidden_size) == ("gru", 1, 24)
    library.save_file(
        {name.partition(".")[2]: t for name, t in network.tensors.items() if "rnn" in name}
        | {"out.weight": network.tensors["linear.weight"], "out.bias": network.tensors["linear.bias"]},
        place,
    )
    assert read_safetensors(place).weights.flat.tobytes() == read.weights.flat.tobytes()


def changed(network, **changes):
    """Its arrays with some of them others; None takes one out."""
    tensors = network.tensors | {name.replace("__", "."): tensor for name, tensor in changes.items()}
    return {name: tensor for name, tensor in tensors.items() if tensor is not None}


NAN = np.full((72, 24), np.nan, np.float32)
WRONG = {
    "no bias": ({"rnn__bias_hh_l0": None}, "has no rnn.bias_hh_l0"),
    "no recurrent network": ({"rnn__weight_ih_l0": None}, "has to hold one recurrent network"),
    "no output": ({"linear__weight": None}, "has to hold one matrix of outputs, “…weight”, and holds none"),
    "two outputs": ({"embedding__weight": np.ones((3, 4), np.float32)}, "“embedding.weight”"),
    "one more": ({"rnn__weight_hr_l0": np.ones((3, 4), np.float32)}, "rnn.weight_hr_l0, which no network"),
    "both directions": ({"rnn__weight_ih_l0_reverse": np.ones(4, np.float32)}, "rnn.weight_ih_l0_reverse, which no"),
    "another shape": ({"rnn__bias_ih_l0": np.ones(9, np.float32)}, "rnn.bias_ih_l0 as 9, where it has to be 72"),
    "no cell": ({"rnn__weight_hh_l0": np.ones((48, 24), np.float32)}, "no recurrent weights of an RNN"),
    "a number": ({"rnn__weight_hh_l0": np.float32(1)[...]}, "no recurrent weights of an RNN"),
    "a number that is read": ({"rnn__weight_ih_l0": np.float32(1)[...]}, "is no .safetensors file|weight_ih_l0"),
    "nothing": ({"rnn__weight_ih_l0": np.ones((72, 0), np.float32)}, "which can't be"),
    "half precision": ({"linear__bias": np.ones(27, np.float16)}, "not in F16, F32"),
    "whole numbers": ({"linear__bias": np.ones(27, np.int64)}, "not in F32, I64"),
    "no number": ({"rnn__weight_hh_l0": NAN}, "holds what is no number, in rnn.weight_hh_l0"),
    "an obeyed name": ({"\x1b]0;x\x07": np.ones(3, np.float32)}, "holds "),
    "many": ({f"a{n}": np.ones(1, np.float32) for n in range(99)}, "arrays, more than"),
}


@pytest.mark.parametrize(("changes", "sentence"), WRONG.values(), ids=WRONG)
def test_a_file_that_does_not_fit_is_a_sentence(place, network, changes, sentence):
    library.save_file(changed(network, **changes), place)
    with pytest.raises(ExchangeError, match=sentence) as caught:
        read_safetensors(place)
    assert str(caught.value).count("\n") == 0


TEXTS = {
    "a newer version": ({"format_version": "2"}, "newer version"),
    "no version": ({"format_version": "one"}, "format_version is not a whole number"),
    "no options": ({"options": None}, "options is missing"),
    "options of another kind": ({"options": "[1]"}, "options is not a table"),
    "options that can't be": ({"options": '{"hidden_size": -1}'}, "hidden_size is not"),
    "options that go on": ({"options": "[" * 100_000}, "options is not JSON"),
    "no symbols": ({"symbols": '"abc"'}, "symbols is not a list"),
    "unsorted symbols": ({"symbols": '["b", "a"]'}, "sorted"),
    "too few symbols": ({"symbols": '["a", "b"]'}, "names 2 symbols for a network that reads"),
    "steps": ({"step": "9" * 5000}, "step is not a whole number"),
}


@pytest.mark.parametrize(("changes", "sentence"), TEXTS.values(), ids=TEXTS)
def test_texts_that_say_what_cannot_be_are_a_sentence(place, network, changes, sentence):
    texts = {name: text for name, text in (network.texts() | changes).items() if text is not None}
    library.save_file(network.tensors, place, texts)
    with pytest.raises(ExchangeError, match=sentence):
        read_safetensors(place)


def test_another_network_than_it_says_and_another_task_are_sentences(place, network):
    write_safetensors(replace(network, settings=replace(network.settings, layers=2)), place)
    with pytest.raises(ExchangeError, match="says it holds another network"):
        read_safetensors(place)
    label = replace(network, settings=replace(network.settings, task="label"), says=("no", "yes"))
    write_safetensors(label, place)
    with pytest.raises(ExchangeError, match="a network that learns to label: only those of texts"):
        read_safetensors(place)


def test_what_is_no_such_file_is_a_sentence(tmp_path, place, network):
    write_safetensors(network, place)
    whole = place.read_bytes()
    for data in (
        b"",
        b"\0" * 8,
        b"PK\3\4" * 9,
        whole[:40],
        whole[:-1],
        struct.pack("<Q", 1 << 62) + b"{}",
        struct.pack("<Q", 2) + b"{}",
        whole + b"more",
    ):
        place.write_bytes(data)
        with pytest.raises(ExchangeError, match=r"model\.safetensors” "):
            read_safetensors(place)
    place.write_bytes(struct.pack("<Q", 1 << 26))
    with place.open("r+b") as file:
        file.truncate(1 << 27)  # a hole: it takes no room
    with pytest.raises(ExchangeError, match="table of contents that is too large"):
        read_safetensors(place)
    for path in (tmp_path, tmp_path / "nowhere.safetensors", tmp_path / ("a" * 300), tmp_path / "\udcff.safetensors"):
        with pytest.raises(ExchangeError):
            read_safetensors(path)


def test_what_memory_has_no_room_for_is_not_read(place, network, monkeypatch):
    write_safetensors(network, place)
    monkeypatch.setattr(safetensors_reader, "free", lambda: 1000.0)
    with pytest.raises(ExchangeError, match="there isn't enough memory for"):
        read_safetensors(place)


@settings(max_examples=60)
@given(st.data())
def test_no_damage_does_more_than_be_told(tmp_path_factory, network, data):
    place = tmp_path_factory.mktemp("damaged") / "model.safetensors"
    write_safetensors(network, place)
    whole = bytearray(place.read_bytes())
    contents = 8 + int.from_bytes(whole[:8], "little")
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, contents - 1))] = data.draw(st.integers(0, 255))
    place.write_bytes(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))])
    try:
        read = read_safetensors(place)
    except ExchangeError:  # whatever else is raised fails this
        return
    assert np.isfinite(read.weights.flat).all()
    assert read.vocabulary is None or isinstance(read.vocabulary, Vocabulary)
