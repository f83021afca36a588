"""Logs that are cut off, written by hand, or hostile."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.core.files.log_reader import read_log
from charrnn.core.files.log_record import LogError
from charrnn.core.training.interventions import ResetMemory, SetRate
from charrnn.core.training.replay import Action

FIRST = {
    "kind": "run", "step": 0, "format": "charrnn log", "version": 1, "bits_per_char": {"even_guessing": 6.0},
    "corpus": {"name": "story", "length": 1000, "sha256": "ab", "path": ""},
    "options": {
        "hidden_size": 8, "seq_length": 25, "learning_rate": 0.1, "seed": 0, "dtype": "float32", "sample_every": 100,
        "sample_length": 200, "temperature": 1.0, "held_out": 0.0,
    },
}  # fmt: skip


def step(number, loss=50.0, seconds=1.0):
    return {"kind": "step", "step": number, "loss": loss, "smooth_loss": 60.0, "elapsed_s": seconds}


def action(number, name="reset", **more):
    return {"kind": "action", "step": number, "action": name, **more}


@pytest.fixture
def read(tmp_path):
    def make(*lines, end="\n"):
        path = tmp_path / "log.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(texts) + end)
        return read_log(path)

    return make


def test_steps_and_settings_are_read(read):
    record = read(FIRST, step(100), step(200, loss=None, seconds=2.5))
    assert list(record.steps) == [100, 200]
    assert list(record.seconds) == [1.0, 2.5]
    assert record.loss[0] == 50 / 25
    assert record.loss[1] != record.loss[1]
    assert record.settings.hidden_size == 8
    assert record.end == 200
    assert record.corpus.name == "story"


def test_a_log_cut_off_anywhere_reads_up_to_its_last_whole_line(tmp_path):
    text = "\n".join(map(json.dumps, (FIRST, step(100), action(150), step(200), {"kind": "end", "step": 250}))) + "\n"
    path, whole = tmp_path / "log.jsonl", [i for i, c in enumerate(text) if c == "\n"]
    for length in range(whole[0], len(text) + 1):
        path.write_text(text[:length])
        record = read_log(path)
        lines = sum(end <= length for end in whole)
        assert len(record.steps) == (lines >= 2) + (lines >= 4)
        assert len(record.actions) == (lines >= 3)


def test_a_schedule_by_hand_needs_no_first_line_and_no_last_line_end(read):
    record = read(action(5, "rate", learning_rate=0.05), action(9), end="")
    assert record.actions == [Action(5, SetRate(0.05)), Action(9, ResetMemory())]
    assert record.settings is None
    assert record.end is None


def test_what_was_given_up_is_not_in_the_curve(read):
    record = read(FIRST, step(100), step(200), step(300), action(300, "back"), step(200, loss=44.0), step(300))
    assert list(record.steps) == [100, 200, 300]
    assert [25 * loss for loss in record.loss] == [50, 44, 50]


def test_a_resumed_run_goes_on_from_its_save_and_what_came_after_it_is_forgotten(read):
    resume = {"kind": "resume", "step": 100, "state": "ab", "options": FIRST["options"]}
    record = read(
        FIRST, step(100), {"kind": "saved", "step": 100, "state": "ab"}, action(100), step(200), resume, step(200, 1.0)
    )
    assert [type(a.command).__name__ for a in record.actions] == ["Rejoin"]
    assert [25 * loss for loss in record.loss] == [50, 1]
    record.replay()
    with pytest.raises(LogError, match="from a state that isn't in this log"):
        read(FIRST, step(100), resume).replay()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "line 2 is not JSON"),
        ("[1]", "line 2: it is no table"),
        ('{"kind": 5, "step": 1}', "kind is not a text"),
        ('{"kind": "step"}', "step is missing"),
        (action(5, "explode"), "action is not one of"),
        (action(5, "rate"), "learning_rate is missing"),
        (action(5, "rate", learning_rate=-1), "learning_rate is not a number"),
        (action(5, "rate", learning_rate=1e400), "learning_rate is not a number"),
        (action(-5), "step is not a whole number"),
        (FIRST, "a second first line"),
        ("[" * 100_000, "line 2 is not JSON"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_with_its_line(read, line, sentence):
    with pytest.raises(LogError, match=r"^“.*” is not a log: line 2") as caught:
        read(FIRST, line)
    assert sentence in str(caught.value)
    assert str(caught.value).isprintable()


def test_actions_must_be_in_order_unless_the_run_went_back(read):
    with pytest.raises(LogError, match="step 5 comes after step 9"):
        read(action(9), action(5))
    assert len(read(action(9, "restart"), action(5)).actions) == 2


def test_lines_of_unknown_kinds_are_passed_over(read):
    assert read(FIRST, {"kind": "weather", "step": 3, "sun": True}, step(100)).end == 100


@pytest.mark.parametrize("content", [b"", b"\n\n", b"hello\n", b"\xff\xfe\x00", b"PK\x03\x04", b"\0" * 5000])
def test_what_is_no_log_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "log"
    path.write_bytes(content)
    with pytest.raises(LogError, match="log"):
        read_log(path)


def test_places_that_are_no_files_are_refused(tmp_path):
    for name in (tmp_path, tmp_path / "none", tmp_path / "a\0b"):
        with pytest.raises(LogError):
            read_log(name)


@given(st.lists(st.dictionaries(st.sampled_from(["kind", "step", "action", "mark", "options"]), st.one_of(
    st.none(), st.integers(), st.floats(), st.text(), st.sampled_from(["run", "step", "action", "resume", "mark"]),
)), max_size=4))  # fmt: skip
def test_nothing_but_a_log_error_comes_of_any_lines(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    try:
        read_log(path)
    except LogError as error:
        assert str(error).isprintable()  # noqa: PT017


def test_a_save_that_was_given_up_is_no_place_to_go_on_from(read):
    def saved(state):
        return {"kind": "saved", "step": 100, "state": state}

    def resume(state):
        return {"kind": "resume", "step": 100, "state": state, "options": FIRST["options"]}

    record = read(FIRST, step(100), saved("first"), action(100), action(100), saved("second"), resume("first"))
    assert record.saves == {"first": 0}
    assert read(FIRST, step(100), saved("a"), action(100), saved("b"), resume("a"), resume("b")).unplayable


def test_marks_of_what_was_given_up_are_forgotten(read):
    def mark(number, kind):
        return {"kind": "mark", "step": number, "mark": kind, "text": kind}

    record = read(FIRST, mark(50, "rate"), step(100), mark(150, "reset"), action(200, "back"), mark(100, "back"))
    assert [(m.step, m.kind) for m in record.marks] == [(50, "rate"), (100, "back")]
