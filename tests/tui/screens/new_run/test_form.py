"""The form as values: what follows from a choice, and that it means what the command line means."""

import pytest

from charrnn.core.cli.chosen import new_settings
from charrnn.core.cli.sharing.asking import read_words
from charrnn.core.cli.sharing.recipe import recipe_of
from charrnn.core.cli.sharing.words import line_of
from charrnn.core.settings import TASKS
from charrnn.tui.screens.new_run.form import OWN, choices, choose, fields, form_of, neighbour
from charrnn.tui.screens.new_run.judging import judge, needs


def form(*words):
    return form_of(recipe_of(read_words(words)))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--preset", "modern", "--seconds", "60", "--held-out", "0.1", "--patience", "3"],
        ["--builtin", "dates", "--attention", "off", "--steps", "90", "--seconds", "5"],
        ["./-x y.txt", "--encoding", "cp1252", "--optimizer", "sgd", "--momentum", "0.9", "--temperature", "0.5"],
    ],
    ids=str,
)
def test_a_form_that_nothing_was_done_to_is_the_run_it_was_made_of(words):
    then, judged = read_words(words), judge(form(*words))
    assert not judged.problems
    assert new_settings(judged.options) == new_settings(then)
    for name in ("corpus", "encoding", "steps", "seconds", "patience"):
        assert getattr(judged.options, name) == getattr(then, name)
    assert line_of(judged.recipe) == line_of(recipe_of(then))


@pytest.mark.parametrize("task", TASKS)
def test_every_task_and_preset_sets_the_fields_below_as_the_command_line_does(task):
    rest = ["--held-out", "0.3", "--temperature", "0.5"]  # of the run that was, until something else is chosen
    one = choose(form("--seed", "7", *rest), "task", task)
    for preset, _ in choices(one, "preset"):
        chosen = choose(one, "preset", preset)
        judged = judge(chosen)
        assert not judged.problems
        assert chosen.seed == "7"
        source = ["--builtin", chosen.data] if chosen.data != "prose" else rest if preset == "classic" else []
        assert new_settings(judged.options) == new_settings(read_words([*source, "--preset", preset, "--seed", "7"]))
        assert ("seq_length" in fields(chosen)) == (task == "text")


def test_an_optimizer_brings_its_rate_and_the_presets_own_its_own():
    modern = choose(form(), "preset", "modern")
    assert (modern.optimizer, modern.learning_rate) == ("adam", "0.005")
    sgd = choose(modern, "optimizer", "sgd")
    assert sgd.learning_rate == "0.005"
    assert choose(sgd, "optimizer", "rmsprop").learning_rate == "0.002"
    assert choose(choose(sgd, "optimizer", "rmsprop"), "optimizer", "adam").learning_rate == "0.005"
    assert not judge(choose(form("--optimizer", "sgd", "--momentum", "0.9"), "optimizer", "adam")).problems


def test_what_is_wrong_is_said_at_its_field_and_the_line_is_of_the_others():
    wrong = form("--seed", "4").filled({"learning_rate": "0,001", "hidden_size": "", "layers": "9"})
    judged = judge(wrong)
    assert judged.problems == {
        "learning_rate": "a number such as 0.001: with a point, not a comma",
        "hidden_size": "a number is missing here",
        "layers": "“9” is not between 1 and 4",
    }
    assert judged.options is None
    assert line_of(judged.recipe) == "charrnn-tui --seed 4"
    assert needs(wrong, judged.problems) == "3 fields need you: units, layers, rate"


@pytest.mark.parametrize(
    ("start", "change", "field"),
    [
        (["--layers", "2", "--dropout", "0.2"], {"layers": "1"}, "layers"),
        (["--schedule", "cosine", "--steps", "9"], {"stop": "never"}, "stop"),
        (["--steps", "9"], {"end": "x"}, "end"),
        (["x.txt"], {"path": " "}, "path"),
        (["x.txt"], {"path": "-"}, "path"),
        (["x.txt"], {"path": "/dev/stdin"}, "path"),
        (["x.txt"], {"encoding": "utf-88"}, "encoding"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_said_at_the_field_that_changes_it(start, change, field):
    judged = judge(form(*start).filled(change))
    assert list(judged.problems) == [field]
    assert judged.options is None


@pytest.mark.parametrize("path", ["--help", "-", "a\0b", "\udce9", "~nobody/x", "~", "[b]x[/b]", "x" * 5000])
def test_no_path_ends_the_program(path):
    own = choose(form(), "data", OWN).filled({"path": path})
    judged = judge(own)
    assert judged.problems or len(judged.options.corpus) == 1


def test_choosing_stops_at_the_ends():
    one = form()
    assert neighbour(one, "data", -1) == "prose"
    assert neighbour(one, "data", +99) == OWN
    own = choose(choose(one, "data", OWN).filled({"path": "x.txt"}), "task", "label")
    assert own.data == "feelings"
    assert choose(own, "data", OWN).path == "x.txt", "what was typed is still there"
