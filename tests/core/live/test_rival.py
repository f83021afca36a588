"""Rivals as they are: real programs that train, are held, and end, with whoever started them."""

import os
import signal
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from charrnn.core import Corpus
from charrnn.core.cli.commands.main import main
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import training_parser
from charrnn.core.cli.rivals.beside import Beside
from charrnn.core.curves.following import FollowedLog
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.run_folders import run_files
from charrnn.core.live.rival import RivalError, died
from charrnn.core.settings import Settings
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. " * 60
PATIENCE = 30
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return str(path)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Where rivals have their folders."""
    folder = tmp_path / "rivals"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def beside(corpus):
    """Rivals of a run that isn't saved; theirs are."""
    options = training_parser("charrnn-tui", "").parse_args([corpus, "--hidden-size", "6", "--no-save"])
    run = open_run(options).run
    options.no_save = False
    found = Beside((), options, run, cores=lambda: (CORES, CORES[-1:]))
    yield found
    found.end()
    found.wait(PATIENCE)


def started(beside, text):
    beside.start(text)
    return beside._rivals[-1].rival


def followed(beside, rival):
    """Its log, as far as it is there; the file is the same that is followed, so nobody else may look meanwhile."""
    log = FollowedLog(Path("log"), rival.log)
    with beside._lock:
        log.look()
    return log


def trains_on(beside, rival, step):
    """Until its log says that it has come so far."""
    log, end = followed(beside, rival), time.monotonic() + PATIENCE
    while not log.record.steps or log.record.steps[-1] < step:
        with beside._lock:
            log.look()
        assert time.monotonic() < end


def until(rival, so):
    with rival.changed:
        assert rival.changed.wait_for(lambda: so(rival.standing), PATIENCE), rival.standing
    return rival.standing


def test_what_it_trains_is_saved_and_the_same_bit_for_bit_as_if_it_were_alone(beside, corpus, tmp_path):
    rival = started(beside, "--cell gru --steps 250 --held-out 0.1 --seed 3")
    standing = until(rival, lambda s: s.state == "ended")
    assert (standing.step, standing.note, standing.problem) == (250, "250 steps done", "")
    assert any("saved at step 250; to go on: charrnn-tui --resume" in line for line in standing.said)
    beside.look()
    (seen,) = beside.around.rivals
    assert (seen.label, seen.options) == ("rival", "--cell gru --steps 250 --held-out 0.1 --seed 3")
    assert (seen.settings.cell, seen.curve.steps[-1], seen.sample[0]) == ("gru", 250, 200)
    assert [step for step, _ in seen.curve.held_out] == [0, 250]
    alone = tmp_path / "alone.npz"
    options = ("--cell", "gru", "--steps", "250", "--held-out", "0.1", "--seed", "3", "--hidden-size", "6")
    assert main(["train", corpus, *options, "--quiet", "--checkpoint", str(alone)]) == 0
    (file,) = run_files()
    one, other = read_checkpoint(file), read_checkpoint(alone)
    assert seen.weights == one.parameters.flat.size
    assert np.array_equal(one.parameters.flat, other.parameters.flat)
    assert one.state.digest == other.state.digest
    assert one.corpus == other.corpus
    assert one.settings == other.settings


def test_held_it_makes_no_step_until_it_is_let_go_on_and_ends_when_its_pipe_does(beside, own_folder):
    rival = started(beside, "--cell gru")
    until(rival, lambda s: s.state == "training")
    if CORES:
        assert sorted(os.sched_getaffinity(rival.process.pid)) == CORES
    trains_on(beside, rival, 20)
    beside.hold()
    held = until(rival, lambda s: s.state == "held")
    record = followed(beside, rival).record
    assert record.steps[-1] == held.step, "the log is whole up to there"
    beside.look()
    assert beside.around.rivals[0].standing is held
    beside.go_on()
    assert until(rival, lambda s: s.state == "training").step == held.step
    trains_on(beside, rival, held.step + 20)
    os.kill(rival.process.pid, signal.SIGINT)  # as if somebody had typed Ctrl+C
    beside.hold()
    again = until(rival, lambda s: s.state == "held")
    assert os.getsid(rival.process.pid) == rival.process.pid
    rival.end()
    ended = until(rival, lambda s: s.state == "ended")
    assert (ended.step, ended.problem) == (again.step, "")
    assert followed(beside, rival).record.end == ended.step
    assert not list(own_folder.iterdir()), "nothing is left behind, whatever comes now"
    (file,) = run_files()
    assert read_checkpoint(file).state.step == ended.step
    (first, *_) = beside.wait(PATIENCE)
    assert first.startswith(f"rival (--cell gru): {ended.step:,} steps in")


def test_one_that_is_killed_is_told_of_and_makes_room_for_another(beside):
    beside.most = 1
    rival = started(beside, "--streams 2 --no-save")
    until(rival, lambda s: s.state == "training")
    assert beside.problem("--cell gru") == "There can be no more rivals: as many as can be are running."
    with pytest.raises(RivalError):
        beside.start("--cell gru")
    rival.process.kill()
    assert "killed (SIGKILL)" in until(rival, lambda s: s.state == "ended").problem
    beside.hold()
    beside.start("--cell gru --steps 5 --no-save")
    other = beside._rivals[-1].rival
    assert [seen.label for seen in beside.around.rivals] == ["rival 2"]
    assert until(other, lambda s: s.state == "held").step == 0, "held like the run beside it"
    assert beside.dismiss() == "rival 2"
    until(other, lambda s: s.state == "ended")
    assert beside.dismiss() == ""
    lines = beside.wait(PATIENCE)
    assert any(line.startswith("rival (--streams 2 --no-save): it was killed") for line in lines)


def test_a_text_that_can_be_read_only_once_is_handed_over(own_folder):
    text = Corpus.from_text("Größe 漢字 \ud800\r\n" * 90)
    piped = Corpus("standard input", text.vocabulary, text.ids, sha256="as it was read")
    options = training_parser("charrnn-tui", "").parse_args(["-", "--steps", "3"])
    beside = Beside((), options, Run(session_with_room(piped, Settings(hidden_size=6))))
    rival = started(beside, "--seed 2")
    standing = until(rival, lambda s: s.state == "ended")
    assert (standing.step, standing.problem) == (3, "")
    assert any("pipe the same text in: charrnn-tui - --resume" in line for line in standing.said)
    saved = read_checkpoint(run_files()[0])
    assert (saved.corpus.name, saved.corpus.sha256, saved.corpus.paths) == ("standard input", "as it was read", ())
    assert saved.vocabulary.characters == text.vocabulary.characters
    assert not list(own_folder.iterdir())
    beside.wait(PATIENCE)


def test_a_text_that_has_changed_meanwhile_is_refused_in_a_sentence(beside, corpus):
    with open(corpus, "a") as file:
        file.write("And now?")
    rival = started(beside, "--cell gru")
    assert "has changed since" in until(rival, lambda s: s.state == "ended").problem
    assert not run_files()


def test_why_a_program_died_is_said_in_words():
    assert (
        died(-9, "") == "it was killed (SIGKILL), as the system does where memory runs out; what it had saved is kept"
    )
    assert died(1, "MemoryError") == "MemoryError"
    assert died(3, "") == "its program ended with exit code 3"


def test_one_that_is_not_wanted_any_more_before_it_has_begun_ends_at_once(beside, own_folder):
    rival = started(beside, "--hidden-size 2000 --layers 3 --no-save")
    rival.end()
    ended = until(rival, lambda s: s.state == "ended")
    assert (ended.step, ended.problem) == (0, "")
    assert rival.process.wait(PATIENCE) == 0
    assert not list(own_folder.iterdir())
