"""A run beside which TensorBoard's file is written, read by TensorBoard's own reader."""

import io
import json
import os
import subprocess
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from events import read_events

from charrnn.core import Corpus, TrainingSession
from charrnn.core.cli.commands.main import main
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.live.trainer import Trainer
from charrnn.core.tensorboard.event_file import EventError
from charrnn.core.tensorboard.writer import open_events
from charrnn.core.training.interventions import ChangeRate, ChangeTemperature, ResetMemory, Restart
from charrnn.core.training.run import Run

pytest.importorskip("tensorboardX", reason="the extra tensorboard isn't installed")
PROGRAM = str(Path(sys.executable).parent / "charrnn")
STORY = "The clock was slow, and everybody knew it. " * 60
WINDOW, SMOOTH, HELD_OUT = (f"loss/{which} (bits per character)" for which in ("window", "smooth", "held out"))


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def run(*arguments):
    """The exit code, and what was said on both streams."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([*map(str, arguments)])
        except SystemExit as end:
            code = end.code
    return code, out.getvalue(), err.getvalue()


def run_alone(*arguments, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=60, check=False, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def of_kind(log, kind):
    return [line for line in map(json.loads, log.read_text().splitlines()) if line["kind"] == kind]


def trained(events, live, actions, more=0):
    """Do `actions` to a run, each after another hundred steps, and let it make `more`."""
    for action in actions:
        for _ in range(100):
            live.step()
            if events.is_due(live):
                events.follow(live, 1.0, 2.0 if events.step_is_due(live) else None)
        before = live.session.step_count
        action.do(live)
        events.act(before, action.done(live), live)
        events.follow(live, 1.0)
    for _ in range(more):
        live.step()
        if events.is_due(live):
            events.follow(live, 1.0, 2.0 if events.step_is_due(live) else None)


def test_it_has_the_numbers_of_the_log_at_the_same_steps(corpus, tmp_path):
    log, folder = tmp_path / "run.jsonl", tmp_path / "events"
    options = ("--steps", 250, "--held-out", 0.1, "--log", log, "--log-every", 50, "--no-save", "--quiet")
    assert run("train", corpus, *options, "--tensorboard", folder) == (0, "", "")
    scalars, texts, _ = read_events(folder)
    steps = of_kind(log, "step")
    assert [step for step, _ in scalars[SMOOTH]] == [line["step"] for line in steps] == [50, 100, 150, 200, 250]
    assert scalars[SMOOTH] == [(line["step"], pytest.approx(line["bits_per_char"])) for line in steps]
    assert scalars[WINDOW] == [(line["step"], pytest.approx(line["loss"] / 25 / np.log(2))) for line in steps]
    assert scalars["rate/learning rate"] == [(line["step"], pytest.approx(0.1)) for line in steps]
    held_out = [(line["step"], pytest.approx(line["bits_per_char"])) for line in of_kind(log, "held_out")]
    assert scalars[HELD_OUT] == held_out
    assert held_out
    assert [step for step, _ in texts["sample"]] == [line["step"] for line in of_kind(log, "sample")]
    assert "hidden_size: 100" in texts["run"][0][1]


def test_pictures_of_weights_and_memory_come_at_the_start_and_every_thousand_steps(corpus, tmp_path):
    options = ("--steps", 1100, "--hidden-size", 4, "--seq-length", 4, "--cell", "lstm", "--layers", 2, "--quiet")
    place = tmp_path / "run.npz"
    run("train", corpus, *options, "--sample-length", 1, "--checkpoint", place, "--tensorboard", tmp_path)
    pictures = read_events(tmp_path)[2]
    assert {"memory/layer 1 h", "memory/layer 1 c", "memory/layer 2 h", "memory/layer 2 c"} < set(pictures)
    names = [tag.removeprefix("weights/") for tag in pictures if tag.startswith("weights/")]
    assert names == list(read_checkpoint(place).parameters)
    for tag, found in pictures.items():
        assert [step for step, _ in found] == [0, 1000], tag
        assert all(sum(picture.bucket) == picture.num for _, picture in found)
    assert pictures["memory/layer 1 h"][0][1].max == 0
    later = pictures["memory/layer 1 h"][1][1]
    assert -1 <= later.min < later.max <= 1


def test_examples_have_their_shares_of_right_answers_and_units_of_their_own(tmp_path):
    options = ("--builtin", "feelings", "--hidden-size", 8, "--steps", 100, "--no-save", "--quiet")
    assert run("train", *options, "--tensorboard", tmp_path)[0] == 0
    scalars, _, pictures = read_events(tmp_path)
    assert {"accuracy/held out", "accuracy/in training", "loss/batch (bits per decision)"} <= set(scalars)
    assert 0 <= scalars["accuracy/held out"][0][1] <= 1
    assert not [tag for tag in pictures if tag.startswith("memory")]


def test_what_was_done_is_a_text_and_going_back_takes_later_steps_away(tmp_path):
    live = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=5))
    events = open_events(str(tmp_path), live, 50, resumed=False)
    trained(events, live, [ChangeRate(-1), ResetMemory(), ChangeTemperature(1), Restart()], more=60)
    events.end(live, 9.0, 5.0)
    assert events.problem == ""
    scalars, texts, _ = read_events(tmp_path)
    assert [step for step, _ in scalars[SMOOTH]] == [50, 60]
    assert texts["interventions"][-1] == (0, "    started again, rate 0.05")
    assert texts["sample"][-1][0] == 0


def test_each_intervention_stands_at_its_step(tmp_path):
    live = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=5))
    events = open_events(str(tmp_path), live, 50, resumed=False)
    trained(events, live, [ChangeRate(-1), ResetMemory(), ChangeTemperature(1)])
    events.end(live, 9.0, 5.0)
    done = read_events(tmp_path)[1]["interventions"]
    assert done == [(100, "    rate 0.1 → 0.05"), (200, "    memory reset"), (300, "    temperature 1.2")]


def test_texts_of_one_step_stand_together_and_mean_nothing_to_a_page(tmp_path):
    live = Run(TrainingSession(Corpus.from_text("<b>*x*</b>\x1b[31m\ud800\n" * 60), hidden_size=5))
    events = open_events(str(tmp_path), live, 50, resumed=False)
    live.draw_sample()
    live.draw_sample()
    events.follow(live, 0.0)
    events.end(live, 0.0, 0.0)
    samples = read_events(tmp_path)[1]["sample"]
    assert len(samples[-1][1]) >= 2 * 200
    for _, text in samples:
        assert "\x1b" not in text
        assert all(line.startswith("    ") for line in text.split("\n"))


def test_a_resumed_run_goes_on_in_its_folder_and_what_came_after_its_save_is_done_again(corpus, tmp_path):
    place, folder = tmp_path / "run.npz", tmp_path / "events"
    run("train", corpus, "--steps", 200, "--checkpoint", place, "--tensorboard", folder, "--quiet")
    whole = place.read_bytes()
    run("train", "--resume", place, "--steps", 400, "--tensorboard", folder, "--quiet")
    first = read_events(folder)[0][SMOOTH]
    assert [step for step, _ in first] == [100, 200, 300, 400]
    place.write_bytes(whole)  # as if it had been killed before it was saved again
    assert run("train", "--resume", place, "--steps", 300, "--tensorboard", folder, "--quiet") == (0, "", "")
    scalars, texts, _ = read_events(folder)
    assert scalars[SMOOTH] == first[:3]
    assert [step for step, _ in texts["interventions"]] == [200, 200]
    assert len(list(folder.iterdir())) == 3


def test_a_folder_with_files_of_another_run_is_refused_and_nothing_is_made(corpus, tmp_path):
    folder, log = tmp_path / "events", tmp_path / "run.jsonl"
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    run("train", corpus, "--steps", 20, "--checkpoint", one, "--tensorboard", folder, "--quiet")
    run("train", corpus, "--steps", 20, "--seed", 1, "--checkpoint", other, "--quiet")
    there = sorted(folder.iterdir())
    code, _, err = run("train", corpus, "--steps", 20, "--log", log, "--tensorboard", folder)
    assert (code, err.count("\n")) == (2, 1)
    assert "TensorBoard's files of another run: choose another folder" in err
    code, _, err = run("train", "--resume", other, "--steps", 40, "--tensorboard", folder)
    assert code == 2
    assert "of another run than the one that is resumed" in err
    assert sorted(folder.iterdir()) == there
    assert not log.exists()


def test_a_log_that_cannot_be_opened_leaves_no_folder_behind(corpus, tmp_path):
    log, folder = tmp_path / "run.jsonl", tmp_path / "events"
    log.write_text("mine")
    code, _, err = run("train", corpus, "--log", log, "--tensorboard", folder, "--no-save", "--steps", 10)
    assert code == 2
    assert "is not a log" in err or "is there already" in err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("", "names no folder"),
        ("a\0b", "there can't be a folder"),
        (__file__, "is a file"),
        ("/dev/null/x", "a file is where"),
    ],
)
def test_a_folder_that_is_none_is_said(tmp_path, monkeypatch, folder, said):
    monkeypatch.chdir(tmp_path)
    live = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=5))
    with pytest.raises(EventError, match=said):
        open_events(folder, live, 100, resumed=False)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_ends_the_file_and_is_said_once_but_training_goes_on(corpus, tmp_path):
    resource = pytest.importorskip("resource")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    options = ("--steps", 900, "--hidden-size", 5, "--no-save", "--tensorboard", tmp_path / "events")
    code, out, err = run_alone("train", corpus, *options, preexec_fn=limit)
    assert code == 1
    assert "900 steps in" in out
    assert err.splitlines() == [
        "charrnn train: TensorBoard's file ends before the run does: the file would be larger than the system allows"
    ]
    assert read_events(tmp_path / "events")[1]["run"], "what was written before can be read"


def test_the_trainers_thread_ends_the_file_s_own(tmp_path):
    live = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=5))
    trainer = Trainer(live, stop_at=120, log=open_events(str(tmp_path), live, 50, resumed=False))
    trainer.start()
    assert trainer.waiting.wait(60)
    assert trainer.stop().log_problem == ""
    assert not [thread for thread in threading.enumerate() if thread.name == "event file"]
    assert [step for step, _ in read_events(tmp_path)[0][SMOOTH]] == [50, 100, 120]


def test_a_run_with_it_is_the_same_run_bit_for_bit(corpus, tmp_path):
    with_it, without = tmp_path / "with.npz", tmp_path / "without.npz"
    options = ("--steps", 1050, "--hidden-size", 5, "--seq-length", 5, "--quiet")
    run("train", corpus, *options, "--checkpoint", with_it, "--tensorboard", tmp_path / "e")
    run("train", corpus, *options, "--checkpoint", without)
    weights = [read_checkpoint(place).state.session.parameters.tobytes() for place in (with_it, without)]
    assert weights[0] == weights[1]


def test_where_the_extra_is_missing_it_is_said_before_anything_is_opened(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['tensorboardX'] = None")
    hidden = {**os.environ, "PYTHONPATH": str(tmp_path)}
    code, _, err = run_alone("train", "no such text", "--tensorboard", tmp_path / "events", env=hidden)
    assert code == 2
    assert "the extra “tensorboard”: pip install 'charrnn-tui[tensorboard]'" in err
    assert not (tmp_path / "events").exists()
