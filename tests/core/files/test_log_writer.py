"""A run written down, read back and done again."""

import io
import json
import math
import random
import threading

import numpy as np
import pytest

from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.files.log_reader import read_log
from charrnn.core.files.log_record import LogError
from charrnn.core.files.log_writer import LogWriter
from charrnn.core.live.commands import StepOnce
from charrnn.core.training.interventions import (
    ChangeRate,
    ChangeTemperature,
    DrawSample,
    GoBack,
    Redo,
    ResetMemory,
    Restart,
    SetRate,
    Undo,
)
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. " * 30
PATIENCE = 20
TIMES = ("steps_per_second", "elapsed_s", "started_at")


class Kept(io.StringIO):
    """A file whose text is there after it has been closed."""

    def close(self):
        self.text = self.getvalue()
        super().close()


def make(**options):
    return Run(TrainingSession(Corpus.from_text(STORY, "story"), **{"hidden_size": 8, "sample_every": 20, **options}))


def written(run, commands, every=10, **options):
    """The log of a run to which the commands are given one after the other, and the run."""
    file = Kept()
    log = LogWriter(file, every)
    log.begin(run, goes_on=False)
    trainer = Trainer(run, stop_at=run.session.step_count + 1, log=log, **options)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    for command in commands:
        trainer.send(command)
    trainer.stop(PATIENCE)
    assert not trainer.running
    return file.text


def lines_of(text, *kinds):
    lines = [json.loads(line) for line in text.splitlines()]
    return [line for line in lines if not kinds or line["kind"] in kinds]


def without_times(text):
    return [{k: v for k, v in line.items() if k not in TIMES} for line in lines_of(text)]


def again(text, tmp_path, **options):
    """The log of the run done again, and the run."""
    path = tmp_path / "again.jsonl"
    path.write_text(text)
    file, run = Kept(), make(**options)
    log = LogWriter(file, 10)
    log.begin(run, goes_on=False)
    trainer = Trainer(run, log=log, replay=read_log(path).replay())
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    return file.text, run


def test_the_first_line_holds_everything_the_run_is_made_of():
    first = lines_of(written(make(seed=3), ()))[0]
    assert first["kind"] == "run"
    assert first["options"]["seed"] == 3
    assert first["options"]["log_every"] == 10
    assert first["corpus"]["length"] == len(STORY)
    assert first["corpus"]["sha256"] == Corpus.from_text(STORY).sha256
    assert {"charrnn-tui", "numpy", "python"} <= first["versions"].keys()
    assert first["bits_per_char"]["even_guessing"] == pytest.approx(math.log2(first["corpus"]["symbols"]))


def test_every_so_many_steps_have_a_line_with_the_numbers_of_the_run():
    text = written(make(), [StepOnce()] * 34)
    steps = lines_of(text, "step")
    assert [line["step"] for line in steps] == [10, 20, 30, 35], "the last step too"
    plain = make()
    for _ in range(35):
        result = plain.step()
    assert (steps[-1]["loss"], steps[-1]["smooth_loss"]) == (25 * result.loss, 25 * result.smooth_loss)
    assert steps[-1]["bits_per_char"] == plain.session.bits_per_char
    assert steps[-1]["learning_rate"] == 0.1
    assert [line["step"] for line in lines_of(text, "sample")] == [0, 20]
    assert lines_of(text)[-1]["kind"] == "end"
    assert lines_of(text)[-1]["step"] == 35


def test_interventions_have_lines_of_their_own():
    commands = [StepOnce(), ChangeRate(-1), StepOnce(), ResetMemory(), ChangeTemperature(1), DrawSample(), Undo()]
    text = written(make(), commands)
    actions = [(line["step"], line["action"]) for line in lines_of(text, "action")]
    assert actions == [(2, "rate"), (3, "reset"), (3, "temperature"), (3, "sample"), (3, "undo")]
    assert lines_of(text, "action")[0]["learning_rate"] == 0.05
    assert [line["mark"] for line in lines_of(text, "mark")] == ["rate", "reset", "undo"]
    assert [line["asked"] for line in lines_of(text, "sample")] == [False, True]


def test_the_end_of_the_ladder_is_no_intervention():
    assert lines_of(written(make(learning_rate=10.0), [ChangeRate(+1)]), "action") == []


def test_what_is_no_number_is_null_with_a_flag():
    run = make()
    run.session.model.by[:] = math.nan
    step = lines_of(written(run, [StepOnce()] * 3, every=1), "step")[-1]
    assert step["loss"] is None
    assert step["not_finite"] == ["loss"]
    assert step["smooth_loss"] == 25 * run.session.smooth_loss


@pytest.mark.parametrize("seed", range(6))
def test_a_run_is_done_again_bit_for_bit_whatever_was_done_to_it(seed, tmp_path):
    chance, commands = random.Random(seed), []
    choices = (
        ResetMemory(), ChangeRate(1), ChangeRate(-1), SetRate(0.07), ChangeTemperature(-1), DrawSample(), Restart(),
        GoBack(), Undo(), Redo(),
    )  # fmt: skip
    for _ in range(12):
        commands += [StepOnce()] * chance.randint(0, 40) + [chance.choice(choices)]
    first = make()
    text = written(first, commands)
    repeated, second = again(text, tmp_path)
    assert without_times(repeated) == without_times(text)
    assert np.array_equal(first.session.model.parameters.flat, second.session.model.parameters.flat)
    assert np.array_equal(first.session.optimizer.memory.flat, second.session.optimizer.memory.flat)
    assert np.array_equal(first.session.hidden, second.session.hidden)
    assert first.session.sample() == second.session.sample()


def test_a_run_that_mended_itself_is_done_again(tmp_path):
    class Falls(Run):
        def step(self):
            if self.session.step_count == 45 and self.session.learning_rate == 0.1:
                self.session.model.by[:] = math.nan
            return super().step()

    def run():
        return Falls(make().session)

    file = Kept()
    log, first = LogWriter(file, 10), run()
    log.begin(first, goes_on=False)
    trainer = Trainer(first, stop_at=90, log=log, mend=True)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    assert [line["action"] for line in lines_of(file.text, "action")] == ["back"]
    path = tmp_path / "log.jsonl"
    path.write_text(file.text)
    second = run()
    trainer = Trainer(second, replay=read_log(path).replay(), mend=True)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    assert second.session.step_count == 90
    assert np.array_equal(first.session.model.parameters.flat, second.session.model.parameters.flat)


def test_while_a_replay_runs_nobody_else_changes_the_run(tmp_path):
    path = tmp_path / "schedule.jsonl"
    path.write_text('{"kind": "action", "step": 4, "action": "rate", "learning_rate": 0.02}')
    run = make()
    acted = threading.Condition()

    def notify():
        with acted:
            acted.notify_all()

    trainer = Trainer(run, stop_at=1, replay=read_log(path).replay(), notify=notify)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.send(ChangeRate(+1))
    trainer.send(ResetMemory())
    with acted:
        assert acted.wait_for(lambda: trainer.look().commands_done == 2, PATIENCE)
    assert "a replay is running, up to step 4" in trainer.look().note
    trainer.stop(PATIENCE)
    assert run.session.learning_rate == 0.1
    assert run.journal.marks == ()


def test_a_schedule_acts_at_its_steps_and_training_goes_on(tmp_path):
    path = tmp_path / "schedule.jsonl"
    path.write_text(
        '{"kind": "action", "step": 4, "action": "rate", "learning_rate": 0.02}\n'
        '{"kind": "action", "step": 9, "action": "reset"}\n'
    )
    run = make()
    trainer = Trainer(run, stop_at=30, replay=read_log(path).replay())
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    assert [(m.step, m.kind) for m in run.journal.marks] == [(4, "rate"), (9, "reset")]
    assert run.session.step_count == 30


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), BrokenPipeError(32, "Broken pipe")])
def test_a_log_that_cannot_be_written_ends_and_the_run_goes_on(error):
    class Full(io.StringIO):
        def write(self, text):
            if self.tell() > 900:
                raise error
            return super().write(text)

    run = make()
    log = LogWriter(Full(), 1)
    log.begin(run, goes_on=False)
    trainer = Trainer(run, stop_at=60, log=log)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    snapshot = trainer.stop(PATIENCE)
    assert snapshot.step == 60
    assert snapshot.log_problem in ("the disk is full", "nobody reads it any more")


def test_a_log_of_a_resumed_run_cannot_be_replayed_without_its_beginning(tmp_path):
    run = make()
    for _ in range(5):
        run.step()
    path = tmp_path / "log.jsonl"
    path.write_text(written(run, ()))
    with pytest.raises(LogError, match="begins at step 5 of a run that was resumed"):
        read_log(path).replay()


def test_a_save_is_in_the_file_at_once():
    class Watched(io.StringIO):
        flushed = ""

        def flush(self):
            Watched.flushed = self.getvalue()

    run, file = make(), Watched()
    log = LogWriter(file)
    log.begin(run, goes_on=False)
    log.saved(run.capture())
    assert lines_of(Watched.flushed)[-1] == {"kind": "saved", "step": 0, "state": run.capture().digest}


def test_the_curve_of_a_log_is_that_of_the_run_after_undo_and_redo(tmp_path):
    commands = [*[StepOnce()] * 49, SetRate(0.5), *[StepOnce()] * 50, Undo(), *[StepOnce()] * 20, Redo()]
    run = make()
    path = tmp_path / "log.jsonl"
    path.write_text(written(run, [*commands, *[StepOnce()] * 20], every=10))
    record = read_log(path)
    view = run.journal.losses.view()
    assert list(record.steps) == list(range(10, 121, 10))
    assert list(record.smooth) == pytest.approx([float(view.smooth[step - 1]) for step in record.steps], rel=1e-15)


def test_marks_of_a_short_text_do_not_push_interventions_out(tmp_path):
    run = Run(TrainingSession(Corpus.from_text("ab" * 20, "short"), hidden_size=3, sample_every=None))
    path = tmp_path / "log.jsonl"
    path.write_text(written(run, [ResetMemory(), *[StepOnce()] * 700], every=1000))
    marks = read_log(path).marks
    assert [m.kind for m in marks].count("reset") == 1
    assert len(marks) <= 2 * 256


def test_many_actions_at_one_step_leave_time_to_listen(tmp_path):
    path = tmp_path / "schedule.jsonl"
    path.write_text('{"kind": "action", "step": 0, "action": "reset"}\n' * 5000)
    trainer = Trainer(make(), replay=read_log(path).replay())
    trainer.start()
    snapshot = trainer.stop(PATIENCE)
    assert not trainer.running
    assert snapshot.step == 0
    assert len(snapshot.marks) < 5000


def test_a_loss_out_of_all_bounds_is_none(tmp_path):
    path = tmp_path / "log.jsonl"
    text = written(make(), [StepOnce()] * 9)
    path.write_text(text.replace('"kind": "end"', '"kind": "end"').replace('"loss": ', '"loss": 1.7e308, "was": '))
    assert all(value != value for value in read_log(path).loss)


def test_every_held_out_measurement_has_a_line_however_rare_the_steps_are():
    run = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=3, sample_every=None, held_out=0.2))
    file = Kept()
    log = LogWriter(file, 10**6)
    log.begin(run, goes_on=False)
    trainer = Trainer(run, stop_at=3500, log=log)
    trainer.start()
    assert trainer.waiting.wait(PATIENCE)
    trainer.stop(PATIENCE)
    assert [line["step"] for line in lines_of(file.text, "held_out")] == [0, 1000, 2000, 3000, 3500]


def test_last_lines_that_find_no_room_are_told_of():
    class Full(io.StringIO):
        def flush(self):
            if '"end"' in self.getvalue():
                raise OSError(28, "No space left on device")

    run = make()
    log = LogWriter(Full())
    log.begin(run, goes_on=False)
    log.end(run, 0.0, 0.0)
    assert log.problem == "the disk is full"
