"""Logs that grow, read as they grow."""

import json
from dataclasses import asdict

import pytest

from charrnn.core.curves.following import FollowedLog
from charrnn.core.curves.past_runs import read_past_run
from charrnn.core.settings import Settings

FIRST = {
    **{
        "kind": "run",
        "step": 0,
        "format": "charrnn log",
        "version": 1,
        "options": asdict(Settings(seq_length=2)),
        "weights": 7,
    },
    "corpus": {"name": "story", "length": 100, "sha256": "ab", "symbols": 9, "path": ""},
}


def step(n, smooth=2.0):
    line = {"kind": "step", "step": n, "elapsed_s": n / 10, "loss": 3.0, "smooth_loss": smooth}
    return json.dumps({**line, "learning_rate": 0.1, "steps_per_second": 10.0}) + "\n"


def head(**more):
    return json.dumps({**FIRST, **more}) + "\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.jsonl"


def add(path, text):
    with path.open("a") as file:
        file.write(text)


def steps(log):
    return list(log.record.steps)


def test_only_what_is_new_is_read_and_half_a_line_waits_for_its_other_half(path):
    path.write_text(head() + step(1))
    log = FollowedLog(path)
    assert log.look()
    assert (steps(log), log.record.weights, log.record.speed) == ([1], 7, 10.0)
    assert not log.look(), "nothing is new"
    line = step(2)
    add(path, line[:20])
    assert not log.look()
    assert steps(log) == [1]
    add(path, line[20:] + json.dumps({"kind": "sample", "step": 2, "text": "a\nb"}) + "\n" + step(3)[:-1])
    assert log.look()
    assert steps(log) == [1, 2, 3], "the last one lacks nothing but its end"
    assert log.record.sample == (2, "a\nb")
    add(path, "\n" + step(4))
    assert log.look()
    assert steps(log) == [1, 2, 3, 4]


def test_a_log_that_is_cut_off_or_replaced_is_read_anew(path):
    path.write_text(head() + step(1) + step(2))
    log = FollowedLog(path)
    log.look()
    path.write_text(head() + step(1))
    assert log.look()
    assert steps(log) == [1]
    path.unlink()
    assert log.look()
    assert "can't be read" in log.problem
    assert steps(log) == [1], "what was known stays"
    path.write_text(head(started_at="later") + step(5) + step(6) + step(7))
    assert log.look()
    assert (steps(log), log.problem) == ([5, 6, 7], "")


def test_a_wrong_line_ends_what_is_read_until_another_log_is_there(path):
    path.write_text(head() + step(1) + "{oh\n" + step(2))
    log = FollowedLog(path)
    assert log.look()
    assert "line 3 is not JSON" in log.problem
    add(path, step(3))
    assert not log.look()
    assert steps(log) == [1]
    assert "line 3" in log.problem
    path.write_text(head() + step(4))
    assert log.look()
    assert (steps(log), log.problem) == ([4], "")


def test_a_run_to_compare_with_grows_with_its_log(path):
    path.write_text(head() + step(1))
    past = read_past_run(str(path))
    assert past.look() is past.look(), "nothing is new"
    add(path, "".join(step(n, smooth=n) for n in range(2, 10_001)))
    now = past.look()
    assert now.label == "run"
    assert now.steps[-1] == 10_000
    assert now.smooth[-1] == 5000, "nats per character, of windows of two"
    assert len(now.steps) < 5000, "a chart has no room for more"
    assert now.look() is now
