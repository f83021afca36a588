"""What a rival is trained with."""

import pytest

from charrnn.core import Corpus
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import training_parser
from charrnn.core.cli.rivals.options import check_early, rival_options
from charrnn.core.live.rival import RivalError
from charrnn.core.settings import RATES, Settings
from charrnn.core.tasks.examples import Examples
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run


def begun(*arguments):
    options = training_parser("charrnn-tui", "").parse_args(["--no-save", "--hidden-size", "6", *arguments])
    return options, open_run(options).run


def rival(text, *arguments):
    return rival_options(text, *begun(*arguments))


def test_it_has_the_options_of_the_run_and_its_own_in_their_place():
    own = rival(
        "--cell gru --learning-rate 0.03", "--streams", "4", "--seed", "3", "--steps", "90", "--optimizer", "adam"
    )
    assert (own.cell, own.learning_rate) == ("gru", 0.03)
    assert (own.hidden_size, own.streams, own.seed, own.steps, own.optimizer) == (6, 4, 3, 90, "adam")
    assert own.no_save


def test_another_optimizer_has_a_rate_of_its_own():
    own = rival("--optimizer adam", "--optimizer", "sgd", "--momentum", "0.5", "--learning-rate", "0.7")
    assert (own.learning_rate, own.momentum) == (RATES["adam"], 0.0)


def test_a_preset_takes_the_place_of_what_it_is_about():
    own = rival("--preset modern --layers 1", "--seed", "3", "--steps", "50")
    assert (own.cell, own.layers, own.hidden_size, own.schedule, own.schedule_steps) == ("gru", 1, 128, "cosine", 50)
    assert (own.seed, own.steps) == (3, 50)
    classic = rival("--preset classic", "--preset", "modern", "--steps", "50")
    names = ("cell", "layers", "hidden_size", "streams", "optimizer", "learning_rate", "schedule", "clip")
    assert all(getattr(classic, name) == getattr(Settings(), name) for name in names)


def test_it_ends_where_it_says_or_else_where_the_run_does():
    assert (rival("--seconds 5", "--steps", "90").steps, rival("--seconds 5", "--steps", "90").seconds) == (None, 5.0)
    assert rival("--cell gru", "--seconds", "8").seconds == 8.0


WRONG = {
    "--cell foo": "--cell: invalid choice: 'foo'",
    "--hidden-size": "--hidden-size: expected one argument",
    "--learning-rate -1": "--learning-rate: “-1” is not above 0",
    "--dropout 0.5": "there is only one",
    "--momentum 0.9": "momentum is of sgd only",
    "--patience 3": "--patience: nothing is measured without --held-out",
    "--cell 'gru": "No closing quotation",
    "poems.txt": "poems.txt is nothing that a rival can have of its own",
    "--log x.jsonl": "a rival has no option --log",
    "--task label": "leave --task",
    "--attention off": "attention is of translations only",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_a_sentence(text):
    options, run = begun()
    for check in (lambda: rival_options(text, options, run), lambda: check_early(text, options)):
        with pytest.raises(RivalError) as caught:
            check()
        assert WRONG[text] in str(caught.value)
        assert str(caught.value).isprintable()


def test_a_network_without_room_is_refused_before_anything_is_started():
    with pytest.raises(RivalError, match="GB of memory"):
        rival("--hidden-size 10000 --layers 4 --streams 256 --seq-length 10000")
    with pytest.raises(RivalError, match="too short for 200 streams of windows of 5,000"):
        rival("--streams 200 --seq-length 5000")


def test_of_examples_it_has_no_options_of_texts_and_those_of_a_pipe_are_refused():
    assert rival("--cell gru", "--builtin", "feelings").task == "label"
    with pytest.raises(RivalError, match="argument --temperature: of texts only"):
        rival("--temperature 2", "--builtin", "feelings")
    piped = Examples("piped text", "label", ("a", "b", "a"), ("one", "two", "three"))
    options, _ = begun()
    with pytest.raises(RivalError, match="piped in"):
        rival_options("--cell gru", options, Run(session_with_room(piped, Settings(task="label", hidden_size=6))))
    text = Run(session_with_room(Corpus.from_text("of a pipe " * 20), Settings(hidden_size=6)))
    assert rival_options("--cell gru", options, text).cell == "gru"
