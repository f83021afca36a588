"""`charrnn export` and `charrnn import`, as a person types them."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from charrnn.core.cli.commands.main import main
from charrnn.core.files import reasons, whole
from charrnn.core.files.checkpoint_reader import read_checkpoint

library = pytest.importorskip("safetensors.numpy", reason="needs the extra “export”")
pytest.importorskip("onnx", reason="needs the extra “export”")
STORY = "The clock was slow, and everybody knew it. " * 60


def refused(capsys, *arguments):
    """The sentence that is said."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert (caught.value.code, out, err.count("\n")) == (2, "", 1)
    assert err[:-1].isprintable()
    return err


@pytest.fixture
def story(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(STORY)
    return "story.txt"


@pytest.fixture
def exported(story, capsys):
    """A run of 30 steps, and its network in a file."""
    train = ["train", story, "--cell", "gru", "--hidden-size", "12", "--optimizer", "adam", "--streams", "4"]
    assert main([*train, "--steps", "30", "--quiet", "--checkpoint", "run.npz"]) == 0
    assert main(["export", "run.npz", "-o", "model.safetensors"]) == 0
    assert "model.safetensors written: GRU, 12 units, reads 21 symbols, after 30 steps" in capsys.readouterr().out
    return "model.safetensors"


def test_a_run_that_begins_with_an_exported_network_has_its_weights_and_options(exported, story, capsys):
    assert main(["import", exported, "--text", story, "-o", "new.npz"]) == 0
    said = capsys.readouterr().out
    assert "the weights are those of “model.safetensors” after 30 steps\n" in said
    place = Path("new.npz").resolve()
    assert f"to go on: charrnn-tui --resume {place}, or charrnn train --resume {place}" in said
    old, new = read_checkpoint(Path("run.npz")), read_checkpoint(Path("new.npz"))
    assert new.parameters.flat.tobytes() == old.parameters.flat.tobytes()
    assert new.first_weights.tobytes() == old.parameters.flat.tobytes()
    assert new.settings == old.settings
    assert new.state.step == 0
    assert not any(values.any() for values in new.state.session.optimizer.values())
    assert main(["train", "--resume", "new.npz", "--steps", "20", "--quiet"]) == 0
    assert read_checkpoint(Path("new.npz")).state.step == 20


def test_from_begins_with_one_at_once_and_goes_the_same_way(exported, story):
    assert main(["import", exported, "--text", story, "-o", "one.npz"]) == 0
    assert main(["train", "--resume", "one.npz", "--steps", "20", "--quiet"]) == 0
    assert main(["train", story, "--from", exported, "--steps", "20", "--checkpoint", "two.npz", "--quiet"]) == 0
    one, two = (read_checkpoint(Path(name)).parameters.flat.tobytes() for name in ("one.npz", "two.npz"))
    assert one == two


def test_options_may_be_others_and_other_characters_begin_afresh(exported, capsys):
    Path("other.txt").write_text("zebra quiz; " * 60)
    options = [
        "--learning-rate",
        "0.5",
        "--optimizer",
        "sgd",
        "--streams",
        "2",
        "--seq-length",
        "7",
        "--dtype",
        "float64",
    ]
    assert main(["import", exported, "--text", "other.txt", *options]) == 0
    assert "4 characters that it didn't know begin afresh: ; q u z" in capsys.readouterr().out
    assert main(["runs"]) == 0
    assert "other" in capsys.readouterr().out
    assert main(["export", "-o", "again.safetensors"]) == 0, "the newest run, which is this one"
    texts = contents(Path("again.safetensors"))["__metadata__"]
    found = json.loads(texts["options"])
    assert [found[n] for n in ("learning_rate", "optimizer", "streams", "seq_length")] == [0.5, "sgd", 2, 7]
    assert (found["dtype"], found["cell"], texts["step"]) == ("float64", "gru", "0")
    old, new = library.load_file("model.safetensors"), library.load_file("again.safetensors")
    kept = [json.loads(texts["symbols"]).index(c) for c in sorted(set(STORY))]
    assert new["linear.weight"][kept] == pytest.approx(old["linear.weight"])
    assert new["rnn.weight_ih_l0"][:, kept] == pytest.approx(old["rnn.weight_ih_l0"])
    assert new["rnn.weight_hh_l0"] == pytest.approx(old["rnn.weight_hh_l0"])


def contents(path):
    data = path.read_bytes()
    return json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])


def test_a_cosine_ends_where_it_is_told_to(exported, story, capsys):
    wrong = refused(capsys, "import", exported, "--text", story, "--steps", "9")
    assert "--steps and --seconds say where a cosine schedule ends, and this run has none" in wrong
    cosine = ["--schedule", "cosine", "--steps", "50", "-o", "cosine.npz"]
    assert main(["import", exported, "--text", story, *cosine]) == 0
    assert read_checkpoint(Path("cosine.npz")).settings.schedule_steps == 50


def test_a_file_that_names_no_symbols_needs_a_text_with_as_many(exported, story, capsys):
    library.save_file(library.load_file(exported), "bare.safetensors")
    assert main(["import", "bare.safetensors", "--text", story, "-o", "bare.npz"]) == 0
    assert "taken to be those of “story.txt”, sorted by code point" in capsys.readouterr().out
    assert read_checkpoint(Path("bare.npz")).parameters.flat.tobytes() == (
        read_checkpoint(Path("run.npz")).parameters.flat.tobytes()
    )
    Path("other.txt").write_text("abc" * 90)
    said = refused(capsys, "import", "bare.safetensors", "--text", "other.txt")
    assert "doesn't say which symbols its network reads, and it reads 21: “other.txt” has 3" in said


def test_what_cannot_be_exported_is_a_sentence(exported, capsys, monkeypatch):
    assert "has to end in .safetensors or .onnx" in refused(capsys, "export", "run.npz", "-o", "model.pt")
    assert "argument" in refused(capsys, "export", "run.npz")
    assert "there is no file “nowhere.npz”" in refused(capsys, "export", "nowhere.npz", "-o", "a.onnx")
    assert "its folder is gone" in refused(capsys, "export", "run.npz", "-o", "no/a.onnx")
    Path("a.onnx").mkdir()
    assert "is a folder" in refused(capsys, "export", "run.npz", "-o", "a.onnx")
    assert "no\\x" not in refused(capsys, "export", "run.npz", "-o", "no/\x1b[31m.onnx")
    assert "there can't be a file" in refused(capsys, "export", "run.npz", "-o", "a\0.onnx")
    for name, module in (("b.onnx", "onnx"), ("b.safetensors", "safetensors")):
        monkeypatch.setattr(
            "charrnn.core.extras.find_spec", lambda name, missing=module: None if name == missing else name
        )
        assert "extra “export”" in refused(capsys, "export", "run.npz", "-o", name)
    assert "extra “export”" in refused(capsys, "import", exported, "--builtin", "echo")
    assert "extra “export”" in refused(capsys, "train", "--builtin", "echo", "--from", exported, "--no-save")
    assert not list(Path().glob("b.*"))


@pytest.mark.usefixtures("exported")
@pytest.mark.parametrize("name", ["model.safetensors", "model.onnx"])
def test_a_full_disk_leaves_the_old_file_whole(name, capsys, monkeypatch):
    assert main(["export", "run.npz", "-o", name]) == 0
    capsys.readouterr()
    before = Path(name).read_bytes()

    def full(*_):
        raise OSError(next(code for code, why in reasons.REASONS.items() if why == "the disk is full"), "")

    monkeypatch.setattr(whole.os, "fsync", full)
    assert "can't be written: the disk is full" in refused(capsys, "export", "run.npz", "-o", name)
    assert Path(name).read_bytes() == before
    assert not list(Path().glob(".model*"))


def test_what_cannot_be_imported_is_a_sentence(exported, story, capsys):
    assert "has to end in .safetensors" in refused(capsys, "import", "run.npz", "--text", story)
    assert "one of the arguments --text --builtin" in refused(capsys, "import", exported)
    assert "there is no file" in refused(capsys, "import", "no.safetensors", "--text", story)
    assert "is there already" in refused(capsys, "import", exported, "--text", story, "-o", "run.npz")
    assert "unrecognized arguments: --cell" in refused(capsys, "import", exported, "--text", story, "--cell", "rnn")
    assert "can't be gone on" not in refused(capsys, "import", exported, "--text", "nowhere.txt")
    assert "momentum is of sgd" in refused(capsys, "import", exported, "--text", story, "--momentum", "0.5")
    huge = {name: tensor.astype(float) * 1e300 for name, tensor in library.load_file(exported).items()}
    library.save_file(huge, "huge.safetensors")
    too_large = refused(capsys, "import", "huge.safetensors", "--text", story, "--dtype", "float32")
    assert "the weights of “huge.safetensors” are too large for float32" in too_large
    assert not list(Path().glob("*.lock"))
    assert not os.path.lexists("new.npz")


def test_a_network_that_labels_is_exported_with_its_labels(story, capsys):
    train = ["train", "--builtin", "feelings", "--hidden-size", "10", "--steps", "5", "--quiet"]
    assert main([*train, "--checkpoint", "label.npz"]) == 0
    assert main(["export", "label.npz", "-o", "label.safetensors"]) == 0
    checkpoint, texts = read_checkpoint(Path("label.npz")), contents(Path("label.safetensors"))["__metadata__"]
    reads, says, _ = checkpoint.sizes
    assert (len(json.loads(texts["symbols"])), len(json.loads(texts["says"]))) == (reads, says)
    assert library.load_file("label.safetensors")["linear.weight"].shape == (says, 10)
    assert "learns to label" in refused(capsys, "import", "label.safetensors", "--text", story)


@pytest.mark.usefixtures("story")
def test_a_label_is_said_by_onnx_runtime_as_it_is_here():
    runtime = pytest.importorskip("onnxruntime", reason="needs the extra “dev”")
    from charrnn.core.files.resume import data_of, resumed

    assert (
        main(
            [
                "train",
                "--builtin",
                "feelings",
                "--hidden-size",
                "10",
                "--steps",
                "40",
                "--quiet",
                "--checkpoint",
                "label.npz",
            ]
        )
        == 0
    )
    assert main(["export", "label.npz", "-o", "label.onnx"]) == 0
    checkpoint = read_checkpoint(Path("label.npz"))
    session = resumed(checkpoint, data_of(checkpoint.corpus, checkpoint.settings)).session
    beliefs = session.task.beliefs(session.model.reader(), np.array([0]))[:, 0]
    theirs = runtime.InferenceSession("label.onnx")
    symbols = json.loads(theirs.get_modelmeta().custom_metadata_map["symbols"])
    source = session.task.examples.sources[0]
    ids = np.array([[symbols.index(character)] for character in source])
    told, _ = theirs.run(None, {"ids": ids, "h": np.zeros((1, 1, 10), np.float32)})
    assert np.exp(told[:, 0]) == pytest.approx(beliefs[-len(source) :], abs=1e-5)


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(("name", "task"), [("faces", "describe"), ("dates", "translate")])
def test_networks_that_are_not_pytorchs_are_refused_in_a_sentence(name, task, capsys):
    train = ["train", "--builtin", name, "--hidden-size", "4", "--steps", "1", "--quiet"]
    assert main([*train, "--checkpoint", "x.npz"]) == 0
    said = refused(capsys, "export", "x.npz", "-o", "x.onnx")
    assert f"a network that learns to {task} isn't exported: " in said


@pytest.mark.usefixtures("story")
def test_labels_of_examples_that_are_gone_are_missed_in_a_sentence(capsys):
    examples = Path("moods.tsv")
    examples.write_text("".join(f"{mood}\t{mood} day number {n}\n" for n in range(40) for mood in ("good", "bad")))
    train = ["train", "moods.tsv", "--task", "label", "--hidden-size", "4", "--steps", "1", "--quiet"]
    assert main([*train, "--checkpoint", "moods.npz"]) == 0
    assert main(["export", "moods.npz", "-o", "moods.safetensors"]) == 0
    assert json.loads(contents(Path("moods.safetensors"))["__metadata__"]["says"]) == ["bad", "good"]
    examples.unlink()
    assert "“moods.tsv” is no longer where it was" in refused(capsys, "export", "moods.npz", "-o", "moods.safetensors")
