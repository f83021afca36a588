"""Runs on examples: everything that runs on texts can do, to the bit."""

import json
from dataclasses import replace

import numpy as np
import pytest

from charrnn.core.cli.commands.main import main
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.resume import read_or_offer
from charrnn.core.files.save_load import load_run, save_run
from charrnn.core.settings import TASKS, Settings
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.tasks.examples import Examples
from charrnn.core.training.example_session import ExampleSession
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run

KINDS = [
    ("feelings", {}),
    ("faces", {}),
    ("dates", {}),
    ("dates", {"attention": False}),
    ("dates", {"cell": "lstm", "layers": 2, "dropout": 0.3}),
]


def make(name, **options):
    examples = builtin_examples(name)
    own = {"task": examples.task, **TASKS[examples.task], "hidden_size": 12, "streams": 8, "sample_every": 5}
    return Run(session_with_room(examples, replace(Settings(), **{**own, **options})))


def weights(run):
    return run.session.model.parameters.flat.copy()


@pytest.mark.parametrize(("name", "options"), KINDS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_run_goes_on_from_a_file_as_if_nothing_had_happened(name, options, dtype, tmp_path):
    straight, first = make(name, dtype=dtype, **options), make(name, dtype=dtype, **options)
    for _ in range(12):
        straight.step()
    for _ in range(7):
        first.step()
    save_run(first, tmp_path / "run.npz")
    second = load_run(tmp_path / "run.npz")
    assert second.settings == first.settings
    for _ in range(5):
        second.step()
    assert np.array_equal(weights(second), weights(straight))
    assert [s.text for s in second.journal.samples] == [s.text for s in straight.journal.samples]
    assert second.journal.measured == straight.journal.measured
    assert second.session.epoch == straight.session.epoch


def test_every_example_is_read_once_in_a_pass_in_another_order_each_time():
    session = make("dates", streams=128).session
    trained = session.corpus.split(0.1)[0]
    passes = []
    for _ in range(3):
        read = []
        while len(read) < len(trained):
            session.step()
            read += session.last_window.which.tolist()
        passes.append(read)
    assert all(sorted(read) == trained.tolist() for read in passes)
    assert passes[0] != passes[1] != passes[2]
    assert session.epoch == 3
    assert make("dates", streams=128, seed=1).session.windows.next_window().which.tolist() != passes[0][:128]


def test_undo_restart_and_going_back_lead_to_the_same_weights():
    run = make("feelings")
    first = weights(run)
    for _ in range(6):
        run.step()
    here = weights(run)
    run.set_rate(0.01)
    for _ in range(3):
        run.step()
    run.undo()
    assert np.array_equal(weights(run), here)
    run.restart()
    assert np.array_equal(weights(run), first)
    for _ in range(6):
        run.step()
    assert np.array_equal(weights(run), here)


def test_samples_and_measuring_leave_training_as_it_was():
    run, plain = make("dates"), make("dates", sample_every=None)
    for _ in range(9):
        run.measure()
        run.draw_sample()
        run.step()
        plain.step()
    assert np.array_equal(weights(run), weights(plain))


def test_what_is_held_out_is_never_trained_on():
    session = make("feelings", streams=256).session
    held = set(session.corpus.split(0.1)[1].tolist())
    for _ in range(20):
        session.step()
        assert not held & set(session.last_window.which.tolist())


def test_a_small_set_is_learnt_and_the_measures_say_so():
    examples = Examples("x", "translate", tuple("abcd") * 3, tuple(f"{c}{k}" for k in range(3) for c in "ABCD"))
    settings = replace(Settings(), task="translate", **{**TASKS["translate"], "held_out": 0.3, "learning_rate": 0.01})
    run = Run(session_with_room(examples, settings))
    for _ in range(400):
        run.step()
    run.measure()
    newest = run.journal.measured[-1]
    assert newest.right_in_training == 1
    assert newest.right >= 0.5
    assert run.session.smooth_loss < 0.05


def test_other_examples_are_refused():
    run = make("dates")
    run.step()
    assert isinstance(run.session, ExampleSession)
    with pytest.raises(ValueError, match="examples to translate, not to label"):
        ExampleSession(run.session.corpus, replace(Settings(), task="label"))


def test_the_command_prints_and_logs_what_was_right(tmp_path, capsys):
    log, saved = tmp_path / "run.jsonl", tmp_path / "run.npz"
    options = ["--steps", "40", "--hidden-size", "10", "--log", str(log), "--checkpoint", str(saved)]
    assert main(["train", "--builtin", "dates", *options]) == 0
    out = capsys.readouterr().out
    assert "4,000 pairs" in out
    assert "% exact (" in out
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    measured = [line for line in lines if line["kind"] == "held_out"]
    assert [line["step"] for line in measured] == [0, 40]
    assert all(0 <= line["exact"] <= 1 and 0 <= line["exact_in_training"] <= 1 for line in measured)
    assert main(["train", "--replay", str(log), "--no-save", "--quiet", "--log", str(tmp_path / "again.jsonl")]) == 0
    again = [json.loads(line) for line in (tmp_path / "again.jsonl").read_text().splitlines()]
    steps = [[line["loss"] for line in of if line["kind"] == "step"] for of in (lines, again)]
    assert steps[0] == steps[1] != []
    assert main(["info", str(saved)]) == 0
    assert "4,000 examples to translate" in capsys.readouterr().out


def test_labels_are_right_or_wrong(tmp_path, capsys):
    log = tmp_path / "run.jsonl"
    assert main(["train", "--builtin", "feelings", "--steps", "20", "--no-save", "--log", str(log)]) == 0
    assert "bits/decision" in capsys.readouterr().out
    assert 0 <= json.loads(log.read_text().splitlines()[-2])["accuracy"] <= 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--builtin", "faces", "--task", "label"], "“faces” is made for --task describe, not for label"),
        (["--builtin", "prose", "--task", "label"], "“prose” is made for --task text, not for label"),
        (["--builtin", "faces", "--attention", "off"], "attention is of translations only"),
        (["--builtin", "faces", "--early-weight", "0.5"], "an early weight is of labels only"),
        (["--builtin", "dates", "--attention", "maybe"], "on or off, not maybe"),
        (["--builtin", "dates", "--picture-size", "17"], "a picture's size is of descriptions only"),
        (["--builtin", "faces", "--picture-size", "8"], "have a size of their own"),
        (["--builtin", "dates", "--seq-length", "30"], "of texts only"),
        (["--attention", "off"], "attention is of translations only"),
    ],
    ids=str,
)
def test_options_that_do_not_go_together_are_a_sentence(options, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["train", *options])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_gradients_can_be_checked_from_the_command(capsys):
    assert main(["check", "--builtin", "faces", "--hidden-size", "8", "--steps", "3", "--entries", "10"]) == 0
    assert "Wph" in capsys.readouterr().out


def test_a_run_on_examples_writes_no_text_and_begins_no_other(tmp_path, capsys):
    run = make("dates")
    run.step()
    saved = tmp_path / "run.npz"
    save_run(run, saved)
    for command, said in (
        (["sample", str(saved)], "learns to translate"),
        (["train", "--builtin", "prose", "--from", str(saved), "--steps", "1", "--no-save"], "only a run on a text"),
        (["train", "--builtin", "dates", "--from", str(saved), "--steps", "1", "--no-save"], "only a run on a text"),
    ):
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert ended.value.code == 2
        assert said in capsys.readouterr().err


def test_a_file_that_contradicts_itself_is_refused(tmp_path):
    run = make("faces")
    run.step()
    saved = tmp_path / "run.npz"
    save_run(run, saved)
    data = bytearray(saved.read_bytes())
    at = data.index(b'"pixels": 256')
    data[at : at + 13] = b'"pixels": 255'
    saved.write_bytes(data)
    with pytest.raises(CheckpointError):
        read_or_offer(saved)


def test_a_file_of_ones_own_is_learnt_and_found_again(tmp_path, capsys):
    pairs, saved = tmp_path / "pairs.tsv", str(tmp_path / "run.npz")
    pairs.write_text("".join(f"{n}\t{n + 1}\n" for n in range(40)))
    options = ["--task", "translate", "--hidden-size", "10", "--held-out", "0.2"]
    assert main(["train", str(pairs), *options, "--steps", "5", "--checkpoint", saved]) == 0
    out = capsys.readouterr().out
    assert "pairs.tsv: 40 pairs" in out
    assert "learn these by heart" in out
    for named in ([], [str(pairs)]):
        assert main(["train", *named, "--resume", saved, "--steps", str(8 + len(named))]) == 0
    capsys.readouterr()
    pairs.write_text("a\tb\nc\td\n")
    with pytest.raises(SystemExit):
        main(["train", "--resume", saved, "--steps", "20"])
    assert "is not what this run was trained on" in capsys.readouterr().err
    pairs.unlink()
    with pytest.raises(SystemExit):
        main(["train", "--resume", saved, "--steps", "20"])
    assert "no longer at" in capsys.readouterr().err


def test_a_task_without_examples_says_what_to_name(capsys):
    with pytest.raises(SystemExit):
        main(["train", "--task", "translate"])
    assert "name a file of examples, or --builtin sentences, dates" in capsys.readouterr().err


def labelled(tmp_path, count=40):
    path = tmp_path / "labels.tsv"
    path.write_text("".join(f"{'odd' if n % 2 else 'even'}\tnumber {n}\n" for n in range(count)))
    return str(path)


def test_a_log_is_replayed_on_the_file_it_was_of_or_refused(tmp_path, capsys):
    path, log = labelled(tmp_path), tmp_path / "run.jsonl"
    run = ["--hidden-size", "8", "--steps", "7", "--no-save", "--log", str(log)]
    assert main(["train", path, "--task", "label", *run]) == 0
    again = ["--replay", str(log), "--no-save", "--quiet"]
    assert main(["train", path, *again]) == 0
    text = log.read_text()
    for task, said in (("describe", "is examples to label, not to describe"), ("text", "is examples to label")):
        log.write_text(text.replace('"task": "label"', f'"task": "{task}"'))
        with pytest.raises(SystemExit) as ended:
            main(["train", "--builtin", "feelings", *again, "--anyway"])
        assert ended.value.code == 2
        assert said in capsys.readouterr().err
    log.write_text(text)
    with pytest.raises(SystemExit) as ended:
        main(["train", "--builtin", "prose", *again, "--anyway"])
    assert ended.value.code == 2
    assert "is a text, and not examples to label" in capsys.readouterr().err


def test_patience_goes_by_what_is_right_and_says_it(tmp_path, capsys):
    options = ["--task", "label", "--hidden-size", "4", "--held-out", "0.3", "--patience", "2", "--steps", "20000"]
    saved = str(tmp_path / "run.npz")
    assert main(["train", labelled(tmp_path), *options, "--checkpoint", saved]) == 0
    out = capsys.readouterr().out
    assert "2 measurements without a better one than" in out
    assert "% accuracy" in out.split("without a better one than")[1]
    assert "bits/char" not in out
    journal = load_run(saved).journal
    counted = [m for m in journal.measured if m.step % 1000 == 0]
    best = min(counted, key=lambda m: m.rank)
    assert [m.step for m in counted if m.step > best.step] == [best.step + 1000, best.step + 2000]


def test_that_nothing_can_be_held_out_is_said(tmp_path, capsys):
    path = tmp_path / "few.tsv"
    path.write_text("a\tone\nb\ttwo\n")
    assert main(["train", str(path), "--task", "label", "--steps", "1", "--no-save"]) == 0
    assert "nothing is held out: there are too few distinct inputs" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["train", str(path), "--task", "label", "--steps", "1", "--no-save", "--patience", "1"])
    assert "too few distinct inputs to hold any out" in capsys.readouterr().err


def test_a_text_of_columns_is_asked_about_and_another_is_not(tmp_path, capsys):
    said = "--task label or translate reads them as examples"
    for text, there in (("odd\tone\n" * 30, True), ("\tindented\nno tab\n" * 30, False), ("plain text\n" * 30, False)):
        path = tmp_path / "text.txt"
        path.write_text(text)
        assert main(["train", str(path), "--steps", "1", "--no-save"]) == 0
        assert (said in capsys.readouterr().out) == there
