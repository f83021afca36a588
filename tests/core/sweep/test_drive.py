"""Sweeps on workers of Dask's: the same bit for bit, whoever trains what and whoever dies."""

import csv
import io
import os
import signal
import time
from contextlib import suppress
from dataclasses import replace

import pytest
from sweeps import TEXT, WILD, at_once, lines_of, plan, state_in

from charrnn.core.cli.commands.main import main
from charrnn.core.curves.sweep_folder import read_sweep
from charrnn.core.sweep.crew import crew
from charrnn.core.sweep.drive import Stopped, Sweep
from charrnn.core.sweep.folder import SweepFolder
from charrnn.core.sweep.halving import better_half
from charrnn.core.sweep.results import rows

pytest.importorskip("distributed", reason="Dask's scheduler comes with the extra “sweep”")
pytest.importorskip("matplotlib", reason="a sweep's picture needs Matplotlib, which comes with the extra “sweep”")

STEPS = 1500


@pytest.fixture(scope="module")
def workers():
    with crew(None, 2) as found:
        yield found


def trained(path, planned, workers, **how):
    folder = SweepFolder(path)
    with folder.held():
        folder.begin(planned)
        sweep = Sweep(planned, folder, **how)
        with suppress(Stopped):
            sweep.train(workers)
        return sweep, folder


def assert_as_at_once(path, asked, steps):
    """Every run is what one process makes of it in one go."""
    for run in asked.runs:
        whole = at_once(run, steps)
        assert state_in(path / run.folder / "checkpoint.npz") == state_in(io.BytesIO(whole.checkpoint))
        assert lines_of((path / run.folder / "log.jsonl").read_text()) == lines_of(whole.log)


def test_with_a_worker_killed_in_the_middle_nothing_is_lost_and_nothing_differs(tmp_path, workers):
    asked, killed = plan(STEPS), []

    def kill(progress):
        seen = [word["pid"] for word in list(progress.now.values())]
        if seen and not killed and any(run.step for run in progress.runs.values()):
            killed.append(seen[0])
            os.kill(seen[0], signal.SIGKILL)

    sweep, _ = trained(tmp_path / "sweep", asked, workers, show=kill, stretch=0.2)
    assert killed
    assert [run.state for run in sweep.records] == ["done"] * 4
    assert_as_at_once(tmp_path / "sweep", asked, STEPS)


def test_one_that_is_stopped_saves_what_is_under_way_and_goes_on_to_the_same_end(tmp_path, workers):
    asked, ends = plan(STEPS, seeds=1), []

    def stop(progress):
        ends.extend(progress.now)

    sweep, _ = trained(tmp_path / "sweep", asked, workers, show=stop, asked=lambda: bool(ends))
    come = [run.step for run in sweep.records]
    assert any(0 < step <= STEPS for step in come)
    again, _ = trained(tmp_path / "sweep", asked, workers)
    assert again.over
    assert_as_at_once(tmp_path / "sweep", asked, STEPS)


def test_more_seeds_add_runs_and_what_is_done_isnt_done_again(tmp_path, workers):
    path = tmp_path / "sweep"
    trained(path, plan(100, seeds=1), workers)
    before = {file: file.stat().st_mtime_ns for file in path.rglob("checkpoint.npz")}
    sweep, _ = trained(path, plan(100, seeds=2), workers)
    assert len(before) == 2
    assert {file: file.stat().st_mtime_ns for file in before} == before
    assert [run.step for run in sweep.records] == [100] * 4


def test_by_halves_the_better_configurations_are_trained_on_by_what_is_held_out(tmp_path, workers):
    asked = plan(seeds=2, budget=1e6, rates=("0.1", "0.03", "0.01"))
    folder = SweepFolder(tmp_path / "sweep")
    with folder.held():
        folder.begin(asked)
        folder.decide((200, 400, 800))
        sweep = Sweep(asked, folder)
        sweep.train(workers)
    losses = {label: [] for label in asked.labels}
    for run in asked.runs:
        losses[run.record.label].append(at_once(run, 200).measured[-1][1])
    first = better_half(losses)
    assert folder.kept(0) == first
    steps = {label: {run.step for run in sweep.records if run.label == label} for label in asked.labels}
    assert sorted(map(tuple, steps.values())) == [(200,), (400,), (800,)]
    assert {label for label in steps if steps[label] == {200}} == set(asked.labels) - set(first)
    assert {run.state for run in sweep.records} == {"done", "given up"}
    assert Sweep(asked, folder).over


def test_a_budget_is_measured_out_once_and_kept(tmp_path, workers, monkeypatch):
    monkeypatch.setattr("charrnn.core.sweep.drive.PROBE", 0.2)
    asked = plan(seeds=1, budget=2.0)
    _, folder = trained(tmp_path / "sweep", asked, workers)
    assert folder.rungs[1] == 2 * folder.rungs[0] >= 200
    again = SweepFolder(folder.path)
    again.begin(asked)
    assert again.rungs == folder.rungs


def test_a_run_that_diverges_or_cant_be_trained_is_noted_and_the_others_go_on(tmp_path, workers):
    asked, notes = plan(300, seeds=1, rates=("0.1", "0.2", "0.3")), []
    good, wild, long = asked.runs
    wild = replace(wild, settings=replace(wild.settings, **WILD))
    long = replace(long, settings=replace(long.settings, seq_length=9000))
    asked = replace(asked, runs=(wild, long, good))
    sweep, folder = trained(tmp_path / "sweep", asked, workers, show=lambda progress: notes.extend(progress.notes))
    assert [run.state for run in sweep.records] == ["diverged", "failed", "done"]
    notes = [*notes, *sweep.progress.notes]
    assert any("learning-rate=0.2 seed=0 diverged at step 2: a gradient" in note for note in notes)
    assert any("learning-rate=0.3 seed=0 failed: cats " in note for note in notes)
    assert [row.note for row in rows(read_sweep(folder.path)[1])] == ["", "1 diverged", "1 failed"]
    assert not Sweep(asked, folder).over, "what failed is tried again"


def test_the_command_tells_writes_and_goes_on(tmp_path, monkeypatch, capsys, workers):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cats.txt").write_text(TEXT)
    address = workers.client.scheduler_info()["address"]
    words = ["sweep", "cats.txt", "--grid", "hidden-size=4,8", "--seeds", "2", "--steps", "120", "-o", "out"]
    assert main([*words, "--scheduler", address]) == 0
    said = capsys.readouterr().out
    assert "2 configurations × 2 seeds = 4 runs, 120 steps each; compared by 0.05 of it, held out" in said
    table = list(csv.DictReader((tmp_path / "out" / "sweep.csv").read_text().splitlines()))
    assert [(row["hidden-size"], row["seed"], row["steps"]) for row in table] == [
        *(("4", "0", "120"), ("4", "1", "120"), ("8", "0", "120"), ("8", "1", "120"))
    ]
    best = min(table, key=lambda row: float(row["held_out_bits"]))
    mean = {
        size: sum(float(row["held_out_bits"]) for row in table if row["hidden-size"] == size) / 2 for size in ("4", "8")
    }
    assert f"{mean[min(mean, key=mean.get)]:.3f}" in said
    opened = next(line for line in said.splitlines() if "--resume" in line)
    assert main(["info", opened.rpartition(" ")[2]]) == 0
    if best["hidden-size"] == min(mean, key=mean.get):
        assert best["folder"] in opened
    picture = (tmp_path / "out" / "sweep.svg").read_bytes()
    assert b"hidden-size=8" in picture

    def never(*_):
        raise AssertionError("nothing is missing")

    monkeypatch.setattr("charrnn.core.cli.commands.sweep.crew", never)
    assert main([*words, "--quiet"]) == 0
    assert (tmp_path / "out" / "sweep.svg").read_bytes() == picture
    assert main(["plot", "out", "-o", "best.svg"]) == 0
    assert {run.state for run in read_sweep(tmp_path / "out")[1]} == {"done"}


def test_what_isnt_a_scheduler_is_said_before_anything_is_trained(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["sweep", "--steps", "10", "-o", "out", "--scheduler", "nonsense"]
    assert main(words) == 2
    assert "no scheduler can be reached at nonsense" in capsys.readouterr().err


def test_without_the_extra_it_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("charrnn.core.extras.find_spec", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        main(["sweep", "--steps", "10", "-o", str(tmp_path / "out")])
    assert ended.value.code == 2
    assert "pip install 'charrnn-tui[sweep]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_scheduler_that_is_gone_is_said_and_what_came_back_stays(tmp_path):
    asked, steps = plan(10**7, seeds=1), []
    started = time.monotonic()
    with crew(None, 1) as alone:

        def lose(progress):
            steps[:] = [run.step for run in progress.runs.values()]
            if any(steps) or time.monotonic() - started > 60:
                alone.client.close()

        with pytest.raises(Exception, match="is gone"):
            trained(tmp_path / "sweep", asked, alone, show=lose, stretch=0.1)
    assert any(run.step for run in read_sweep(tmp_path / "sweep")[1])
