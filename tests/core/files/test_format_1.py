"""A run and its log as version 0.1.0 wrote them: files of the first format stay good for good.

The run has 9 units, windows of 8 and float64; the rate was changed, the memory reset, an act undone, the run started
again, gone back and resumed. Its last step is 320. The numbers are those that 0.1.0 came to itself.
"""

import re
import shutil
from pathlib import Path

import pytest

from charrnn.core import Corpus
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import training_parser
from charrnn.core.files.checkpoint import Checkpoint
from charrnn.core.files.checkpoint_reader import read_checkpoint, read_curve, read_summary
from charrnn.core.files.log_reader import read_log
from charrnn.core.files.resume import resumed
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run

HERE = Path(__file__).parent / "format_1"
T = 8


@pytest.fixture
def checkpoint():
    return read_checkpoint(HERE / "run.npz")


@pytest.fixture
def record():
    return read_log(HERE / "run.jsonl")


def text():
    return Corpus.from_path(HERE / "owl.txt")


def test_the_run_is_read_as_it_was(checkpoint):
    run = resumed(checkpoint, text())
    assert run.session.step_count == 320
    assert run.session.smooth_loss * T == pytest.approx(23.03563612412572, rel=1e-12)
    assert run.loss * T == pytest.approx(7.932757461061527, rel=1e-12)
    assert run.session.learning_rate == 0.2
    assert [(s.step, s.asked) for s in run.journal.samples][-2:] == [(300, True), (300, False)]
    assert run.journal.samples[-1].text == "o.\nthe or folm sola aitr fox looks aip. "
    assert [mark.kind for mark in run.journal.marks][-2:] == ["rate", "reset"]
    assert run.journal.measured[0].loss == pytest.approx(3.2958305060406805, rel=1e-12), "nats per character"
    assert run.journal.losses.view().steps == 320


def test_what_it_says_of_itself_is_the_same():
    summary = read_summary(HERE / "run.npz")
    assert (summary.step, summary.corpus.name) == (320, "owl.txt")
    assert summary.bits_per_char == pytest.approx(4.1541747499998545, rel=1e-12)
    assert read_curve(HERE / "run.npz")[-1] * T == pytest.approx(23.03563612412572, rel=1e-12)


def test_the_run_goes_on_as_it_did(checkpoint):
    run = resumed(checkpoint, text())
    for _ in range(40):
        run.step()
    assert run.session.step_count == 360
    assert run.session.smooth_loss * T == pytest.approx(22.513889229843837, rel=1e-9)
    assert run.loss * T == pytest.approx(7.351211694559168, rel=1e-6)


def test_its_log_replays_to_the_same_weights(checkpoint, record):
    """Rounding differs from machine to machine, and training amplifies it: in so small a run a hundred times."""
    run = Run(session_with_room(text(), record.settings))
    replay = record.replay()
    while True:
        while act := replay.due(run.session.step_count):
            act.do(run)
        if replay.is_over(run.session.step_count):
            break
        run.step()
    there = resumed(checkpoint, text())
    assert run.session.step_count == 320
    assert run.session.smooth_loss == pytest.approx(there.session.smooth_loss, rel=1e-6)
    assert run.session.model.parameters.flat == pytest.approx(there.session.model.parameters.flat, rel=1e-6, abs=1e-7)
    assert run.session.hidden == pytest.approx(there.session.hidden, rel=1e-6, abs=1e-7)
    assert run.journal.losses.view().steps == there.journal.losses.view().steps
    # What is called rate now was called lr then.
    marks = [[(m.step, m.kind, m.text.replace("lr ", "rate ")) for m in r.journal.marks] for r in (run, there)]
    assert marks[0] == marks[1]


def test_the_log_tells_what_it_told(record):
    assert (record.begun_at, record.end) == (0, 320)
    assert list(record.steps) == list(range(20, 321, 20))
    assert record.loss[-1] * T == pytest.approx(7.932757461061527, rel=1e-12)
    assert record.smooth[-1] * T == pytest.approx(23.03563612412572, rel=1e-12)
    assert set(record.saves) == {"286d16a1", "66a4d114"}


def without_states(text):
    """The log as the first versions of all wrote it, which named no states."""
    return re.sub(r', "state": "\w+"', "", text)


def test_a_log_without_states_is_the_same_replay(tmp_path, record):
    path = tmp_path / "older.jsonl"
    path.write_text(without_states((HERE / "run.jsonl").read_text(encoding="utf-8")), encoding="utf-8")
    older = read_log(path)
    assert (older.actions, older.end, older.unplayable) == (record.actions, record.end, "")
    assert older.steps == record.steps


@pytest.mark.parametrize("as_written", [str, without_states])
def test_the_run_goes_on_in_its_own_log(tmp_path, as_written):
    for file in HERE.iterdir():
        shutil.copy(file, tmp_path)
    log = as_written((HERE / "run.jsonl").read_text(encoding="utf-8"))
    (tmp_path / "run.jsonl").write_text(log, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("owl.txt", "run.npz", "run.jsonl")]
    arguments = [names[0], "--resume", names[1], "--log", names[2], "--log-every", "20", "--no-save"]
    opened = open_run(training_parser("charrnn train", "").parse_args(arguments))
    opened.log.end(opened.run, 1.0, 0.0)
    lines = Path(names[2]).read_text(encoding="utf-8").splitlines()
    before = log.splitlines()
    assert lines[: len(before)] == before
    assert '"kind": "resume"' in lines[len(before)]
    assert '"state": "66a4d114"' in lines[len(before)]


def test_the_run_goes_on_in_its_own_log_after_it_was_written_in_this_format(tmp_path, checkpoint):
    for file in HERE.iterdir():
        shutil.copy(file, tmp_path)
    run = resumed(checkpoint, text())
    for name in ("once.npz", "twice.npz"):
        Checkpoint.of(run, run.capture(), 1.0).save(tmp_path / name)
        run = resumed(read_checkpoint(tmp_path / name), text())
    assert run.resumed_from == "66a4d114"
    run.step()
    Checkpoint.of(run, run.capture(), 1.0).save(tmp_path / "on.npz")
    assert resumed(read_checkpoint(tmp_path / "on.npz"), text()).resumed_from != "66a4d114"
