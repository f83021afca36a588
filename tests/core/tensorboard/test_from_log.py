"""TensorBoard's file made from a log, read by TensorBoard's own reader."""

import json

import pytest
from events import read_events

from charrnn.core import Corpus, TrainingSession
from charrnn.core.cli.commands.main import main
from charrnn.core.files.log_writer import LogWriter
from charrnn.core.tensorboard.from_log import export_log
from charrnn.core.training.interventions import ChangeRate, ChangeTemperature, Redo, Restart, Undo
from charrnn.core.training.run import Run

pytest.importorskip("tensorboardX", reason="the extra tensorboard isn't installed")
STORY = "The clock was slow, and everybody knew it. " * 60
SMOOTH = "loss/smooth (bits per character)"


def logged(path, actions=(), steps=100):
    """The log of a run to which each of the actions was done after so many more steps, and then so many more."""
    live = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=5, held_out=0.1))
    log = LogWriter(open(path, "w"), 50)  # noqa: SIM115, the log closes it
    log.begin(live, goes_on=False)
    seconds = 0.0
    for action in (*actions, None):
        for _ in range(steps):
            live.step()
            seconds += 0.01
            if log.is_due(live):
                log.follow(live, seconds, 100.0 if log.step_is_due(live) else None)
        if action:
            before = live.session.step_count
            action.do(live)
            log.act(before, action.done(live), live)
            log.follow(live, seconds)
    log.end(live, seconds, 100.0)
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_it_has_everything_that_the_log_has(tmp_path):
    lines = logged(tmp_path / "run.jsonl", [ChangeRate(-1), ChangeTemperature(1)])
    export_log(tmp_path / "run.jsonl", str(tmp_path / "events"))
    scalars, texts, pictures = read_events(tmp_path / "events")
    steps = [line for line in lines if line["kind"] == "step"]
    for tag, name in {
        SMOOTH: "bits_per_char",
        "rate/learning rate": "learning_rate",
        "epoch/epoch": "epoch",
        "speed/steps per second": "steps_per_second",
        "speed/seconds of training": "elapsed_s",
    }.items():
        assert scalars[tag] == [(line["step"], pytest.approx(line[name])) for line in steps], tag
    held_out = [(line["step"], pytest.approx(line["bits_per_char"])) for line in lines if line["kind"] == "held_out"]
    assert scalars["loss/held out (bits per character)"] == held_out
    written = [(line["step"], line["text"]) for line in lines if line["kind"] == "sample"]
    assert [(step, text.replace("    ", "")) for step, text in texts["sample"]] == [
        (step, text.replace("    ", "")) for step, text in written
    ]
    assert texts["interventions"] == [(100, "    rate 0.1 → 0.05"), (200, "    temperature 1.2")]
    assert not pictures


def test_times_are_those_of_the_run(tmp_path):
    lines = logged(tmp_path / "run.jsonl")
    path = export_log(tmp_path / "run.jsonl", str(tmp_path))
    from datetime import datetime

    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    began = datetime.fromisoformat(lines[0]["started_at"]).timestamp()
    times = {e.step: e.wall_time for e in EventFileLoader(str(path)).Load() if e.HasField("summary")}
    assert times[100] == pytest.approx(began + 1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("actions", "steps"),
    [
        ([Restart()], [50, 100]),
        ([ChangeRate(-1), Undo()], [50, 100, 150, 200]),
        ([ChangeRate(-1), Undo(), Redo()], [50, 100, 150, 200, 250, 300]),
    ],
)
def test_only_what_was_not_given_up_is_there(tmp_path, actions, steps):
    logged(tmp_path / "run.jsonl", actions)
    export_log(tmp_path / "run.jsonl", str(tmp_path / "events"))
    scalars, texts, _ = read_events(tmp_path / "events")
    assert [step for step, _ in scalars[SMOOTH]] == steps
    samples = [step for step, _ in texts["sample"]]
    assert samples == sorted(samples)
    assert samples[-1] <= steps[-1]


def test_what_cannot_be_made_is_a_sentence_and_leaves_nothing(tmp_path, capsys):
    log, folder = tmp_path / "run.jsonl", tmp_path / "events"
    logged(log)
    (tmp_path / "schedule.jsonl").write_text('{"kind": "action", "step": 5, "action": "reset"}\n')
    (tmp_path / "broken.jsonl").write_text(log.read_text() + "no JSON\n")
    for name, said in {
        "schedule.jsonl": "is a schedule: it holds no run",
        "broken.jsonl": "is not JSON",
        "none.jsonl": "there is no file",
    }.items():
        with pytest.raises(SystemExit) as end:
            main(["export", str(tmp_path / name), "--tensorboard", str(folder)])
        assert end.value.code == 2
        err = capsys.readouterr().err
        assert said in err
        assert err.count("\n") == 1
        assert not folder.exists()


def test_a_folder_that_has_such_files_is_left_as_it_is(tmp_path, capsys):
    log, folder = tmp_path / "run.jsonl", tmp_path / "events"
    logged(log)
    assert main(["export", str(log), "--tensorboard", str(folder)]) == 0
    [there] = folder.iterdir()
    assert capsys.readouterr().out == f"{there} written\n"
    with pytest.raises(SystemExit):
        main(["export", str(log), "--tensorboard", str(folder)])
    assert "choose another folder" in capsys.readouterr().err
    assert list(folder.iterdir()) == [there]


def test_a_checkpoint_is_no_log(tmp_path, capsys):
    main(["train", "--builtin", "echo", "--steps", "5", "--quiet", "--checkpoint", str(tmp_path / "run.npz")])
    with pytest.raises(SystemExit):
        main(["export", str(tmp_path / "run.npz"), "--tensorboard", str(tmp_path / "events")])
    assert "is a checkpoint: TensorBoard's files are made from a log" in capsys.readouterr().err
