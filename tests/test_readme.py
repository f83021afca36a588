"""The README says what is so."""

import argparse
import re
from pathlib import Path

import pytest

from charrnn.core.cli.commands.options import add_sweep
from charrnn.tui.cli import command_line
from charrnn.tui.keys import KEYS

README = (Path(__file__).parent.parent / "README.md").read_text()


def test_its_example_runs_as_it_stands(capsys):
    example = re.search(r"```python\n(.*?)```", README, re.S)[1]
    exec(compile(example, "README.md", "exec"), {})
    loss, sample = capsys.readouterr().out.split(" ", 1)
    assert float(loss) < 90 / 25
    assert len(sample.rstrip("\n")) >= 40 - sample.count("\n")


def test_every_option_is_listed_with_its_default():
    for action in command_line()._actions:
        for option in action.option_strings:
            if option.startswith("--") and option not in ("--help", "--version"):
                row = re.search(rf"^\| `{option}[ `].*$", README, re.M)
                assert row, option
                if action.default not in (None, []):
                    default = f"{action.default:g}" if isinstance(action.default, float) else action.default
                    assert re.search(rf"\| {default}(\.0)?(, [^|]*)? \|", row[0]), row[0]


def test_every_key_is_listed():
    for key in KEYS:
        assert f"`{key.shown}`" in README


def test_the_page_on_the_library_runs_as_it_stands(tmp_path, monkeypatch, capsys):
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parent.parent / "docs" / "library.md").read_text()
    names = {}
    for number, example in enumerate(re.findall(r"```python\n(.*?)```", page, re.S), 1):
        exec(compile(example, f"docs/library.md, example {number}", "exec"), names)
    assert "bits/char (smooth)" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"owl.npz", "owl.svg", "two.png"}


def test_every_option_of_a_sweep_is_on_its_page():
    parser = argparse.ArgumentParser()
    add_sweep(parser)
    page = (Path(__file__).parent.parent / "docs" / "sweeps.md").read_text()
    of_training = set(command_line()._option_string_actions)
    for action in parser._actions:
        option = action.option_strings[-1] if action.option_strings else "--help"
        if option == "--log-every" or option not in (*of_training, "--output"):
            row = re.search(rf"^\| `{option}[ `].*$", page, re.M)
            assert row, option
            if action.default not in (None, [], False):
                assert f"| {action.default} |" in row[0]
