from dataclasses import replace

import pytest

from charrnn.core.cli.chosen import check_options, new_settings, settings_from
from charrnn.core.cli.options import DEFAULTS, training_parser
from charrnn.core.settings import RATES


def test_each_optimizer_begins_with_its_own_rate():
    def rate(*options):
        return new_settings(training_parser("charrnn-tui", "").parse_args(options)).learning_rate

    assert rate() == 0.1
    assert rate("--optimizer", "adam") == 0.002
    assert rate("--optimizer", "adam", "--learning-rate", "0.1") == 0.1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--momentum", "0.9"], "momentum is of sgd only"),
        (["--optimizer", "sgd", "--momentum", "1"], "below 1"),
        (["--clip", "norm"], "no way to clip"),
        (["--clip", "-1"], "no way to clip"),
        (["--optimizer", "adamw"], "invalid choice"),
        (["--patience", "3"], "nothing is measured without --held-out"),
        (["--from", "run", "--resume"], "not allowed with argument --resume"),
        (["--from", "run", "--preset", "modern"], "as it was in that run"),
    ],
)
def test_what_does_not_go_together_is_one_sentence(capsys, options, said):
    parser = training_parser("charrnn-tui", "")
    with pytest.raises(SystemExit) as ended:
        check_options(parser, parser.parse_args(options))
    assert ended.value.code == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1


def settings(*options):
    return new_settings(training_parser("charrnn-tui", "").parse_args(options))


def test_a_preset_is_options_that_go_together():
    modern = settings("--preset", "modern", "--seconds", "60")
    assert (modern.cell, modern.layers, modern.hidden_size, modern.streams) == ("gru", 2, 128, 16)
    assert (modern.schedule, modern.schedule_steps, modern.schedule_seconds) == ("cosine", 0, 60.0)
    assert settings("--preset", "modern", "--steps", "900", "--seconds", "60").schedule_steps == 900
    assert settings("--preset", "classic") == settings() == DEFAULTS


def test_options_beside_a_preset_take_the_place_of_its_own():
    given = settings("--preset", "modern", "--cell", "lstm", "--layers", "1", "--optimizer", "rmsprop")
    assert (given.cell, given.layers, given.streams, given.clip) == ("lstm", 1, 16, "norm:1")
    assert given.learning_rate == 0.002, "the rate of a preset is its optimizer's"
    assert given.schedule == "constant", "no end is named"


@pytest.mark.parametrize(
    "arguments", [["--schedule", "cosine"], ["--preset", "modern", "--resume"], ["--preset", "new"]], ids=str
)
def test_a_cosine_without_an_end_and_a_preset_of_an_old_run_are_a_sentence(arguments, capsys):
    parser = training_parser("charrnn-tui", "")
    with pytest.raises(SystemExit):
        check_options(parser, parser.parse_args(arguments))
    assert capsys.readouterr().err.count("\n") == 1


def test_a_run_that_begins_from_another_is_like_it_where_nothing_else_is_typed():
    then = settings("--preset", "modern", "--steps", "500")
    parser = training_parser("charrnn-tui", "")

    def begun(*options):
        return settings_from(parser.parse_args(["--from", "run", *options]), then)

    plain = begun()
    assert plain == replace(then, schedule="constant", schedule_steps=0)
    assert begun("--steps", "900") == replace(then, schedule_steps=900)
    assert begun("--optimizer", "sgd") == replace(plain, optimizer="sgd", learning_rate=RATES["sgd"])
    assert begun("--streams", "2", "--dtype", "float64") == replace(plain, streams=2, dtype="float64")
    for other in (["--cell", "lstm"], ["--layers", "1"], ["--hidden-size", "100"]):
        with pytest.raises(ValueError, match=f"leave {other[0]} out"):
            begun(*other)
    with pytest.raises(ValueError, match="name it with --steps or --seconds"):
        begun("--schedule", "cosine")


@pytest.mark.parametrize("option", ["--seq-length", "--temperature", "--sample-length"])
def test_what_means_nothing_for_examples_is_refused_in_a_sentence(option, capsys):
    parser = training_parser("charrnn-tui", "")
    with pytest.raises(SystemExit) as ended:
        check_options(parser, parser.parse_args(["--builtin", "feelings", option, "7"]))
    assert ended.value.code == 2
    assert f"argument {option}: of texts only; " in capsys.readouterr().err
    check_options(parser, parser.parse_args([option, "7"]))
