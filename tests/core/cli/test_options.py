from dataclasses import asdict

import pytest

from charrnn.core.cli.chosen import given_settings
from charrnn.core.cli.options import DEFAULTS, training_parser


@pytest.mark.parametrize(
    "arguments",
    [
        [f"--{name}", value]
        for name in ("hidden-size", "seq-length", "steps", "sample-every", "sample-length")
        for value in ("0", "-3", "1.5", "nan", "inf", "many", "", "9" * 5000)
    ]
    + [[f"--{name}", v] for name in ("learning-rate", "temperature") for v in ("0", "-1", "nan", "inf", "1e999", "x")]
    + [
        ["--seed", "-1"],
        ["--seed", "1e3"],
        ["--dtype", "float16"],
        ["--no-such-option"],
        ["--hidden", "5"],
    ],
    ids=lambda a: "=".join(a)[:30],
)
def test_wrong_options_are_one_sentence_and_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        training_parser("charrnn-tui", "").parse_args(arguments)
    out, err = capsys.readouterr()
    assert caught.value.code == 2
    assert out == ""
    assert err.startswith("charrnn-tui: ")
    assert err.count("\n") == 1
    assert len(err) < 300


def test_what_is_typed_is_never_obeyed(capsys):
    with pytest.raises(SystemExit):
        training_parser("charrnn-tui", "").parse_args(["--\x1b]0;title\x07", "--seed", "\x1b[31m"])
    assert "\x1b" not in capsys.readouterr().err


def test_the_defaults_are_the_classic_ones():
    options = training_parser("charrnn-tui", "").parse_args([])
    assert given_settings(options) == {}
    assert asdict(DEFAULTS) == {
        "hidden_size": 100,
        "seq_length": 25,
        "learning_rate": 0.1,
        "seed": 0,
        "sample_every": 100,
        "sample_length": 200,
        "temperature": 1.0,
        "held_out": 0.0,
        "dtype": "float32",
        "optimizer": "adagrad",
        "momentum": 0.0,
        "clip": "5",
        "cell": "rnn",
        "layers": 1,
        "streams": 1,
        "dropout": 0.0,
        "init": "classic",
        "schedule": "constant",
        "schedule_steps": 0,
        "schedule_seconds": 0.0,
        "task": "text",
        "attention": True,
        "early_weight": 0.03,
        "picture_size": 16,
    }


def test_what_is_given_is_known_apart_from_what_is_not():
    options = training_parser("charrnn-tui", "").parse_args(["--hidden-size", "100", "--temperature", "0.5"])
    assert given_settings(options) == {"hidden_size": 100, "temperature": 0.5}


def test_every_setting_says_its_default(capsys):
    with pytest.raises(SystemExit):
        training_parser("charrnn-tui", "").parse_args(["--help"])
    shown = " ".join(capsys.readouterr().out.split())
    for name, default in asdict(DEFAULTS).items():
        if name not in ("learning_rate", "schedule_steps", "schedule_seconds", "task", "attention"):
            assert f"(default: {default})" in shown
    assert "(default: 0.1 for adagrad, 0.002 for rmsprop, 0.002 for adam, 0.005 for sgd)" in shown
