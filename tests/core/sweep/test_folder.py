"""Whatever happens to a sweep's folder, what is there is whole, and what belongs together is known."""

from dataclasses import replace

import pytest
from sweeps import TEXT, at_once, lines_of, order, plan

from charrnn.core.curves.sweep_folder import SweepFolderError, best_checkpoints, ranked, read_sweep
from charrnn.core.sweep import run_files
from charrnn.core.sweep.folder import SweepFolder
from charrnn.core.sweep.plan import SweepError
from charrnn.core.sweep.stretch import train_stretch
from charrnn.core.text.corpus import Corpus


@pytest.fixture
def swept(tmp_path):
    """A folder, a plan, and two stretches of its first run."""
    folder, asked = SweepFolder(tmp_path / "sweep"), plan(300)
    run = asked.runs[0]
    first = train_stretch(order(run, 100, final=False), None, run.data)
    second = train_stretch(order(run, 300), first.checkpoint, run.data)
    with folder.held():
        folder.begin(asked)
        yield folder, asked, first, second


def test_a_run_goes_on_from_its_newest_save(swept):
    folder, asked, first, second = swept
    run = asked.runs[0]
    folder.runs.load(run)
    folder.runs.save(run, first, "training")
    folder.runs.save(run, second, "done")
    again = SweepFolder(folder.path).runs
    assert (again.load(run).state, again.load(run).step) == ("done", 300)
    assert again.state(run) == second.checkpoint
    assert again.load(asked.runs[1]).state == "waiting"
    assert again.state(asked.runs[1]) is None


@pytest.mark.parametrize("broken", ["write_json", "replace_file"])
def test_a_save_that_breaks_off_leaves_the_one_before(swept, monkeypatch, broken):
    folder, asked, first, second = swept
    run = asked.runs[0]
    folder.runs.load(run)
    folder.runs.save(run, first, "training")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(run_files, broken, full)
        with pytest.raises(SweepError, match="can't be written: the disk is full"):
            folder.runs.save(run, second, "done")
    again = SweepFolder(folder.path).runs
    assert (again.load(run).state, again.load(run).step) == ("training", 100)
    assert again.state(run) == first.checkpoint
    again.save(run, second, "done")
    log = (folder.path / run.folder / "log.jsonl").read_text()
    assert lines_of(log)[1:] == [line for line in lines_of(first.log + second.log) if line][1:]


def test_what_another_program_saved_there_is_put_aside_and_the_run_begins_again(swept):
    folder, asked, first, _ = swept
    run = asked.runs[0]
    folder.runs.load(run)
    folder.runs.save(run, first, "training")
    place = folder.path / run.folder
    (place / "checkpoint.npz").write_bytes(b"of somebody else")
    assert folder.runs.load(run).state == "waiting"
    assert folder.runs.state(run) is None
    assert (place / "other-1.npz").read_bytes() == b"of somebody else"


def test_a_run_that_somebody_went_on_with_when_it_was_done_stays_done(swept):
    folder, asked, _, second = swept
    run = asked.runs[0]
    folder.runs.load(run)
    folder.runs.save(run, second, "done")
    (folder.path / run.folder / "checkpoint.npz").write_bytes(b"longer")
    assert folder.runs.load(run).state == "done"
    assert (folder.path / run.folder / "checkpoint.npz").read_bytes() == b"longer"


def begun(folder, asked):
    """The folder of a sweep that has come to something."""
    folder.runs.load(asked.runs[0])
    folder.runs.save(asked.runs[0], at_once(asked.runs[0], 10), "training")


def test_another_text_other_steps_or_options_are_refused(swept):
    folder, asked, *_ = swept
    begun(folder, asked)
    with pytest.raises(SweepError, match="is of another text, “cats”"):
        folder.begin(plan(300, data=Corpus.from_text(TEXT + "!", "other")))
    with pytest.raises(SweepError, match="begun with --steps 300"):
        folder.begin(plan(400))
    with pytest.raises(SweepError, match="begun without further options"):
        folder.begin(replace(asked, common="--optimizer adam"))


def test_until_a_step_is_saved_everything_may_be_changed(swept):
    folder, *_ = swept
    folder.begin(plan(400))
    assert read_sweep(folder.path)[0].whole("steps", 0, 1000) == 400


def test_more_seeds_and_values_are_added_and_those_of_before_stay(swept):
    folder, asked, *_ = swept
    begun(folder, asked)
    folder.begin(plan(300, seeds=3, rates=("0.1", "0.2")))
    labels = [(run.label, run.seed) for run in read_sweep(folder.path)[1]]
    before = [("learning-rate=0.1", 0), ("learning-rate=0.1", 1), ("learning-rate=0.03", 0), ("learning-rate=0.03", 1)]
    assert labels == [*before, ("learning-rate=0.1", 2), *[("learning-rate=0.2", seed) for seed in range(3)]]


def test_two_sweeps_dont_write_to_one_folder_nor_one_where_something_else_is(swept, tmp_path):
    folder, *_ = swept
    with pytest.raises(SweepError, match="another sweep is being trained"), SweepFolder(folder.path).held():
        pass
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    with pytest.raises(SweepError, match="no sweep's"), SweepFolder(tmp_path / "notes").held():
        pass
    with pytest.raises(SweepError, match="is a file"), SweepFolder(tmp_path / "notes" / "mine.txt").held():
        pass


def test_configurations_are_ranked_by_what_is_held_out(swept):
    folder, asked, *_ = swept
    for run in asked.runs:
        folder.runs.load(run)
        folder.runs.save(run, at_once(run, 300), "done")
    found = ranked(read_sweep(folder.path)[1])
    assert [c.mean for c in found] == sorted(c.mean for c in found)
    assert found[0].mean == sum(r.held_out for r in found[0].runs) / 2
    (label, path), *_ = best_checkpoints(str(folder.path), brief=True)
    assert label == found[0].best.values[0][1]
    assert path.read_bytes() == folder.runs.state(next(r for r in asked.runs if r.folder == found[0].best.folder))


@pytest.mark.parametrize("name", ["../elsewhere", "/etc", "..", "a\0b"])
def test_a_sweep_that_names_a_folder_elsewhere_is_refused(swept, name):
    folder, *_ = swept
    path = folder.path / "sweep.json"
    path.write_text(path.read_text().replace(f'"{plan(300).runs[0].folder}"', repr(name).replace("'", '"')))
    with pytest.raises(SweepFolderError):
        read_sweep(folder.path)
