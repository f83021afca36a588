"""Curves of runs of before, from whatever they were kept in."""

import math

import pytest
from sweeps import at_once, plan

from charrnn.core.cli.commands.main import main
from charrnn.core.curves.past_runs import PastRunError, read_past_run, read_past_runs
from charrnn.core.files.run_folders import runs_folder
from charrnn.core.sweep.folder import SweepFolder

OPTIONS = ("--steps", "600", "--hidden-size", "6", "--held-out", "0.1", "--quiet")


def test_a_log_and_a_checkpoint_of_one_run_tell_the_same_curve(tmp_path):
    log, saved = tmp_path / "run.jsonl", tmp_path / "run.npz"
    assert main(["train", *OPTIONS, "--log", str(log), "--checkpoint", str(saved)]) == 0
    one, other = read_past_run(str(log)), read_past_run(str(saved))
    assert (one.label, other.label) == ("run", "run")
    for step in (100, 300, 600):
        assert one.at_step(step) == pytest.approx(other.at_step(step), rel=1e-6)
    assert one.held_out[0][1] == pytest.approx(other.held_out[0][1])
    assert dict(one.references)["even guessing"] == pytest.approx(math.log(76))
    assert math.isnan(one.at_step(601))
    assert math.isnan(one.at_second(1e6))
    assert one.at_second(one.seconds[2]) == one.smooth[2]
    assert other.seconds[-1] == pytest.approx(one.seconds[-1], rel=0.5)


def test_of_examples_what_was_right_is_told_by_both_and_guessing_is_among_what_can_be_said(tmp_path):
    log, saved = tmp_path / "run.jsonl", tmp_path / "run.npz"
    options = ("--builtin", "feelings", "--steps", "110", "--hidden-size", "6", "--quiet", "--streams", "4")
    assert main(["train", *options, "--log", str(log), "--checkpoint", str(saved)]) == 0
    one, other = read_past_run(str(log)), read_past_run(str(saved))
    assert [step for step, _ in one.right] == [0, 100, 110]
    assert [share for _, share in one.right] == pytest.approx([share for _, share in other.right], abs=1e-6)
    assert 0.3 < one.right[0][1] < 0.7
    assert dict(one.references)["even guessing"] == pytest.approx(math.log(2))
    assert dict(other.references)["even guessing"] == pytest.approx(math.log(2))


def test_a_saved_run_is_known_by_its_name():
    assert main(["train", *OPTIONS]) == 0
    name = next(runs_folder().iterdir()).name
    assert read_past_run(name).label == name


@pytest.mark.parametrize("content", [None, b"", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_run_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "thing"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PastRunError) as caught:
        read_past_run(str(path))
    assert str(caught.value).isprintable()


def test_a_run_that_has_made_no_steps_has_no_curve(tmp_path):
    schedule = tmp_path / "s.jsonl"
    schedule.write_text('{"kind": "action", "step": 1, "action": "reset"}')
    with pytest.raises(PastRunError, match="has no curve"):
        read_past_run(str(schedule))


def test_of_a_sweep_the_best_runs_are_read_as_many_as_there_is_room_for(tmp_path):
    asked, folder = plan(30, seeds=2, rates=("0.1", "0.03", "0.01")), SweepFolder(tmp_path / "sweep")
    with folder.held():
        folder.begin(asked)
        with pytest.raises(PastRunError, match=r"no run of the sweep .* has been saved yet"):
            read_past_runs([str(folder.path)], 6)
        for run in asked.runs:
            folder.runs.load(run)
            folder.runs.save(run, at_once(run, 30), "done")
    alone = folder.path / asked.runs[0].folder / "checkpoint.npz"
    runs, left = read_past_runs([str(folder.path), str(alone)], 6)
    assert {run.label.partition(" ")[0] for run in runs[:3]} == set(asked.labels)
    assert len(runs) == 4
    assert left == ""
    costs = [run.held_out[-1][1] for run in runs[:3]]
    assert costs == sorted(costs)
    runs, left = read_past_runs([str(folder.path), str(alone)], 3, brief=True)
    assert len(runs) == 3
    assert {run.label for run in runs[:2]} < {"0.1", "0.03", "0.01"}
    assert left == f"the best 2 of 3 configurations in “{folder.path}” are shown"
