"""`--log` and `--replay`: what is opened, what is gone on with, and what is refused."""

import json

import numpy as np
import pytest

from charrnn.core import Trainer
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import training_parser
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.log_reader import read_log
from charrnn.core.files.log_record import LogError
from charrnn.core.live.commands import StepOnce
from charrnn.core.text.vocabulary import CorpusError
from charrnn.core.training.interventions import ChangeRate, ResetMemory, Undo

STORY = "The clock was slow, and everybody knew it. " * 30
PATIENCE = 20


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def trained(*arguments, commands=()):
    """A run opened with these options, trained by one step and by the commands, and ended."""
    parsed = training_parser("charrnn-tui", "").parse_args([str(a) for a in arguments])
    o = open_run(parsed)
    trainer = Trainer(
        o.run, stop_at=o.run.session.step_count + 1, saver=o.saver, log=o.log, replay=o.replay, elapsed=o.elapsed
    )
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    for command in commands:
        trainer.send(command)
    trainer.stop(PATIENCE)
    if o.saver:
        o.saver.close()
    return o


def refused(error, *arguments):
    with pytest.raises(error) as caught:
        open_run(training_parser("charrnn-tui", "").parse_args([str(a) for a in arguments]))
    assert str(caught.value).isprintable()
    return str(caught.value)


def kinds(path):
    return [json.loads(line)["kind"] for line in path.read_text().splitlines()]


STEPS = [StepOnce()] * 30


def test_a_resumed_run_goes_on_in_its_log_and_both_parts_are_done_again(story, tmp_path):
    log, options = tmp_path / "run.jsonl", ("--hidden-size", "6", "--sample-every", "20")
    first = trained(story, "--log", log, *options, commands=[*STEPS, ChangeRate(-1), *STEPS])
    second = trained("--resume", first.saver.path, "--log", log, "--temperature", "0.5", commands=[Undo(), *STEPS])
    assert kinds(log).count("run") == 1
    assert kinds(log).count("resume") == 1
    replayed = open_run(training_parser("x", "").parse_args(["--replay", str(log), "--no-save"]))
    trainer = Trainer(replayed.run, replay=replayed.replay)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    a, b = second.run, replayed.run
    assert b.session.step_count == a.session.step_count == 92
    assert np.array_equal(a.session.model.parameters.flat, b.session.model.parameters.flat)
    assert a.session.sample() == b.session.sample()
    assert a.journal.marks == b.journal.marks


def test_after_a_crash_the_log_goes_on_from_the_save_and_is_done_again(story, tmp_path):
    log = tmp_path / "run.jsonl"
    first = trained(story, "--log", log, "--hidden-size", "6", commands=STEPS)
    with log.open("a") as file:  # steps and an intervention that were never saved, and a line that was cut off
        file.write('{"kind": "action", "step": 40, "action": "reset"}\n{"kind": "step", "st')
    second = trained("--resume", first.saver.path, "--log", log, commands=STEPS)
    assert all(json.loads(line) for line in log.read_text().splitlines())
    replayed = open_run(training_parser("x", "").parse_args(["--replay", str(log), "--no-save"]))
    trainer = Trainer(replayed.run, replay=replayed.replay)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    parameters = second.run.session.model.parameters.flat
    assert np.array_equal(parameters, replayed.run.session.model.parameters.flat)


def test_a_log_is_never_written_over(story, tmp_path):
    log = tmp_path / "run.jsonl"
    log.write_text("mine\n")
    assert "is there already" in refused(LogError, story, "--log", log, "--no-save")
    assert log.read_text() == "mine\n"
    other = trained(story, "--hidden-size", "6", commands=STEPS)
    theirs = tmp_path / "theirs.jsonl"
    trained(story, "--log", theirs, "--hidden-size", "6", "--no-save")
    before = theirs.read_text()
    assert "isn't the log of the run" in refused(LogError, "--resume", other.saver.path, "--log", theirs)
    assert theirs.read_text() == before


@pytest.mark.parametrize("name", ["no/such/folder/x", "", "a\0b", "."])
def test_a_log_that_cannot_be_written_is_refused(story, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "“" in refused(LogError, story, "--log", name, "--no-save")


def test_a_replay_takes_options_and_text_from_the_log(story, tmp_path):
    log = tmp_path / "run.jsonl"
    trained(story, "--log", log, "--hidden-size", "6", "--seed", "5", "--no-save", commands=[ResetMemory()])
    o = open_run(training_parser("x", "").parse_args(["--replay", str(log), "--no-save"]))
    assert o.run.settings.hidden_size == 6
    assert o.run.settings.seed == 5
    assert o.run.session.corpus.path == story
    assert "had --hidden-size 6" in refused(LogError, "--replay", log, "--hidden-size", "7")
    other = tmp_path / "other.txt"
    other.write_text(STORY + "x")
    assert "is not the text of the log" in refused(LogError, other, "--replay", log)
    open_run(training_parser("x", "").parse_args([str(other), "--replay", str(log), "--anyway", "--no-save"]))
    story.unlink()
    assert "no longer at" in refused(CheckpointError, "--replay", log)
    assert "no file" in refused(CorpusError, tmp_path / "none", "--replay", log)


def test_a_schedule_takes_text_and_options_from_the_command_line(story, tmp_path):
    schedule = tmp_path / "schedule.jsonl"
    schedule.write_text('{"kind": "action", "step": 0, "action": "rate", "learning_rate": 0.02}')
    o = trained(story, "--replay", schedule, "--hidden-size", "7", "--no-save")
    assert o.run.settings.hidden_size == 7
    assert o.run.session.learning_rate == 0.02


def test_options_that_do_not_go_together_are_refused_for_a_schedule_too(story, tmp_path):
    schedule = tmp_path / "schedule.jsonl"
    schedule.write_text('{"kind": "action", "step": 0, "action": "rate", "learning_rate": 0.02}')
    assert "momentum is of sgd only" in refused(LogError, story, "--replay", schedule, "--momentum", "0.5", "--no-save")


def test_the_log_of_a_replay_is_the_log_of_the_run(story, tmp_path):
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    trained(story, "--log", first, "--hidden-size", "6", "--no-save", commands=[*STEPS, ResetMemory(), *STEPS])
    o = open_run(training_parser("x", "").parse_args(["--replay", str(first), "--log", str(second), "--no-save"]))
    trainer = Trainer(o.run, log=o.log, replay=o.replay)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    one, two = read_log(first), read_log(second)
    assert (list(one.loss), one.actions, one.end) == (list(two.loss), two.actions, two.end)


def test_a_replay_of_a_resumed_run_can_be_replayed_itself(story, tmp_path):
    log, second = tmp_path / "run.jsonl", tmp_path / "second.jsonl"
    first = trained(story, "--log", log, "--hidden-size", "6", commands=[*STEPS, ResetMemory(), *STEPS])
    last = trained("--resume", first.saver.path, "--log", log, commands=[ChangeRate(-1), *STEPS])
    run = None
    for source, target in ((log, second), (second, tmp_path / "third.jsonl")):
        arguments = ["--replay", str(source), "--log", str(target), "--no-save"]
        o = open_run(training_parser("x", "").parse_args(arguments))
        trainer = Trainer(o.run, log=o.log, replay=o.replay)
        trainer.start()
        assert trainer.waiting.wait(PATIENCE)
        trainer.stop(PATIENCE)
        run = o.run
    assert np.array_equal(run.session.model.parameters.flat, last.run.session.model.parameters.flat)
    assert run.journal.marks == last.run.journal.marks


def test_of_two_saves_at_one_step_the_one_that_was_resumed_counts(story, tmp_path):
    log, options = tmp_path / "run.jsonl", ("--hidden-size", "6")
    first = trained(story, "--log", log, *options, commands=STEPS)
    lines = log.read_text().splitlines(keepends=True)
    saved = next(i for i, line in enumerate(lines) if '"saved"' in line)
    step = json.loads(lines[saved])["step"]
    later = [
        {"kind": "action", "step": step, "action": "reset"},
        {"kind": "saved", "step": step, "state": "0123abcd"},  # it was never written
    ]
    log.write_text("".join(lines[: saved + 1]) + "".join(json.dumps(line) + "\n" for line in later))
    trained("--resume", first.saver.path, "--log", log, commands=STEPS)
    assert [type(a.command).__name__ for a in read_log(log).actions] == ["Rejoin"]


def test_two_programs_never_write_one_log(story, tmp_path):
    log = tmp_path / "run.jsonl"
    first = trained(story, "--log", log, "--hidden-size", "6", commands=STEPS)
    arguments = ["--resume", str(first.saver.path), "--log", str(log), "--no-save"]
    writing = open_run(training_parser("x", "").parse_args(arguments))
    before = log.read_text()
    assert "another program is writing the log" in refused(LogError, *arguments)
    assert log.read_text() == before
    writing.log.end(writing.run, 0.0, 0.0)


def test_a_log_is_no_place_to_save_to(story, tmp_path):
    same = tmp_path / "same.npz"
    assert "is where the run is saved" in refused(LogError, story, "--log", same, "--checkpoint", same)
    assert not same.exists()


def test_a_last_line_that_lacks_only_its_end_gets_it(story, tmp_path):
    log = tmp_path / "run.jsonl"
    first = trained(story, "--log", log, "--hidden-size", "6", commands=STEPS)
    lines = log.read_text().splitlines()
    last = max(i for i, line in enumerate(lines) if '"saved"' in line)
    log.write_text("\n".join(lines[: last + 1]))
    trained("--resume", first.saver.path, "--log", log, commands=STEPS)
    assert kinds(log)[last : last + 2] == ["saved", "resume"]
    assert read_log(log).unplayable == ""


@pytest.mark.parametrize("option", [(), ("--replay",)])
def test_an_empty_text_that_was_named_is_refused_and_no_other_is_taken(tmp_path, option):
    empty, schedule = tmp_path / "empty.txt", tmp_path / "schedule.jsonl"
    empty.write_bytes(b"\xef\xbb\xbf")
    schedule.write_text('{"kind": "action", "step": 1, "action": "reset"}')
    assert "is empty" in refused(CorpusError, empty, *option, *([schedule] if option else []))
