"""A run in stretches is the run."""

import io
from dataclasses import replace

from sweeps import SMALL, WILD, at_once, lines_of, order, plan, state_in

from charrnn.core.cli.commands.main import main
from charrnn.core.curves.past_runs import read_past_run
from charrnn.core.sweep import stretch
from charrnn.core.sweep.stretch import hurry, train_stretch
from charrnn.core.training.run import Run
from charrnn.core.training.session import TrainingSession

STEPS = 1300


def test_stretches_of_whatever_length_come_to_the_same_state_and_log():
    run = plan(STEPS).runs[0]
    whole, state, log, count = at_once(run, STEPS), None, "", 0
    while True:
        came = train_stretch(order(run, STEPS, 0.02 + 0.05 * count), state, run.data)
        state, log, count = came.checkpoint, log + came.log, count + 1
        if came.state != "training":
            break
    assert count > 2
    assert (came.state, came.step) == ("there", STEPS)
    assert state_in(io.BytesIO(state)) == state_in(io.BytesIO(whole.checkpoint))
    assert lines_of(log) == lines_of(whole.log)
    assert came.measured == whole.measured
    assert [step for step, *_ in came.measured] == [0, 1000, STEPS]


def test_it_is_the_run_that_a_session_with_these_options_makes():
    run = plan(150).runs[0]
    alone = Run(TrainingSession(run.data, hidden_size=6, held_out=0.1, sample_length=20))
    for _ in range(150):
        alone.step()
    assert at_once(run, 150).smooth == alone.session.smooth_loss


def test_its_checkpoint_and_log_are_those_of_any_run(tmp_path):
    text = tmp_path / "cats.txt"
    text.write_text("".join(plan().runs[0].data.vocabulary.decode(plan().runs[0].data.ids)))
    saved, log = tmp_path / "checkpoint.npz", tmp_path / "log.jsonl"
    came = at_once(plan(200).runs[0], 200)
    saved.write_bytes(came.checkpoint)
    log.write_text(came.log)
    assert read_past_run(str(log)).steps[-1] == 200
    more = ["train", str(text), "--resume", str(saved), "--log", str(log), "--steps", "300", "--quiet"]
    assert main(more) == 0
    assert read_past_run(str(log)).steps[-1] == 300


def test_a_worker_asks_for_a_text_that_it_doesnt_find_and_keeps_it(monkeypatch):
    monkeypatch.setattr(stretch, "_texts", type(stretch._texts)())
    run = plan(10).runs[0]
    assert train_stretch(order(run, 10), None).state == "no text"
    assert train_stretch(order(run, 10), None, run.data).state == "there"
    assert train_stretch(order(run, 10), None).state == "there"


def test_a_worker_with_another_numpy_trains_nothing():
    run = plan(10).runs[0]
    came = train_stretch(order(run, 10, versions=(("numpy", "0.1"),)), None, run.data)
    assert came.state == "other versions"
    assert "numpy" in came.why
    assert not came.checkpoint


def test_a_run_that_diverges_ends_where_it_does():
    run = plan(400).runs[0]
    wild = replace(run, settings=replace(SMALL, **WILD))
    came = at_once(wild, 400)
    assert came.state == "diverged"
    assert came.step < 400
    assert "no longer a number" in came.why
    assert lines_of(came.log)[-1]["kind"] == "end"


def test_what_is_wrong_with_a_run_comes_back_in_a_sentence():
    run = plan(10).runs[0]
    long = replace(run, settings=replace(SMALL, seq_length=10_000))
    came = train_stretch(order(long, 10), None, run.data)
    assert came.state == "failed"
    assert "cats" in came.why
    damaged = train_stretch(order(run, 10), b"nonsense", run.data)
    assert damaged.state == "failed"
    assert "not a checkpoint" in damaged.why


def test_one_that_has_to_hurry_comes_back_with_what_it_has_come_to():
    run = plan(10).runs[0]
    hurry(["a"])
    came = train_stretch(order(run, 10**9), None, run.data)
    assert (came.state, came.step) == ("training", 1)
