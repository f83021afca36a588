import pytest

from charrnn.core.cli.chosen import check_options, new_settings
from charrnn.core.cli.options import DEFAULTS, training_parser


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
