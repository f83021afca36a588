"""The line that starts the same run elsewhere, read again by a shell and by the program."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charrnn.core.cli.chosen import new_settings
from charrnn.core.cli.sharing.asking import WrongOptionError, read_words
from charrnn.core.cli.sharing.recipe import Recipe, recipe_of
from charrnn.core.cli.sharing.words import as_typed, line_of, option, words_of
from charrnn.core.settings import CELLS, INITS, PRESETS, RATES, SCHEDULES, Settings

BUILT_IN = ("prose", "echo", "feelings", "faces", "sentences", "dates")
EVERY_TYPE = {
    "preset": st.sampled_from(tuple(PRESETS)),
    "hidden_size": st.integers(1, 10_000),
    "seq_length": st.integers(1, 10_000),
    "learning_rate": st.floats(1e-12, 1000.0),
    "seed": st.integers(0, 2**63 - 1),
    "dtype": st.sampled_from(("float32", "float64")),
    "sample_every": st.integers(1, 10**15),
    "temperature": st.floats(1e-9, 100.0),
    "held_out": st.floats(0.0, 0.5),
    "optimizer": st.sampled_from(tuple(RATES)),
    "momentum": st.floats(0.0, 0.9999),
    "clip": st.one_of(st.just("off"), st.floats(1e-6, 1e6).map(repr), st.floats(1e-6, 1e6).map("norm:{!r}".format)),
    "cell": st.sampled_from(CELLS),
    "layers": st.integers(1, 4),
    "streams": st.integers(1, 256),
    "dropout": st.floats(0.0, 0.9),
    "init": st.sampled_from(INITS),
    "schedule": st.sampled_from(SCHEDULES),
    "attention": st.booleans(),
    "early_weight": st.floats(0.0, 1.0),
    "steps": st.integers(1, 10**15),
    "seconds": st.floats(1e-6, 1e9),
    "patience": st.integers(1, 10**15),
}


def settings(options):
    """Those that mean something: an example has no windows."""
    all_of_them = new_settings(options)
    return all_of_them if all_of_them.task == "text" else replace(all_of_them, seq_length=25)


ENDS = ("steps", "seconds", "patience", "encoding")


@given(st.sampled_from(BUILT_IN), st.fixed_dictionaries({}, optional=EVERY_TYPE))
def test_the_shared_words_are_options_of_the_same_run(name, chosen):
    words = [f"{option(name)}={as_typed(value)}" for name, value in chosen.items()]
    try:
        options = read_words(["--builtin", name, *words])
    except WrongOptionError:
        assume(False)
    shared = words_of(recipe_of(options))
    again = read_words(shared)
    assert settings(again) == settings(options)
    assert (again.builtin or "prose") == options.builtin
    assert [getattr(again, end) for end in ENDS] == [getattr(options, end) for end in ENDS]
    assert len(shared) <= 2 * len(words) + 2


# What a shell would take for something else, and what no terminal shows.
NAMES = ["my poems.txt", "it's.txt", "-x.txt", "a\nb.txt", '"$HOME"`ls`;.txt', "~", "caf\udce9.txt", "詩.txt", "*"]


def test_a_shell_reads_the_names_as_they_are():
    home = str(Path.home())
    paths = [*NAMES, *(f"{home}/{name}" for name in NAMES), f"{home}/"]
    line = line_of(Recipe(Settings(seed=3), paths=tuple(paths)), "printf '%s\\0'")
    assert "\n" not in line
    assert home not in line
    said = subprocess.run(["bash", "-c", line], capture_output=True, check=True, env={"HOME": home}).stdout
    words = [os.fsdecode(word) for word in said.split(b"\0")[:-1]]
    again = read_words(words)
    assert again.corpus == [f"./{path}" if path.startswith("-") else path for path in paths]
    assert again.seed == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", ""),
        ("--builtin prose --seed 0 --cell rnn --learning-rate 0.1", ""),
        ("--preset modern --seconds 60", "--preset modern --seconds 60"),
        ("--cell gru --layers 2 --hidden-size 128 --seq-length 50 --streams 16 --optimizer adam --learning-rate 0.005 "
         "--clip norm:1 --init orthogonal --seed 7", "--preset modern --seed 7"),
        ("--builtin dates --task translate --attention off", "--builtin dates --attention off"),
        ("--task label a.tsv --encoding cp1252 --streams 16 --seed 1", "--task label a.tsv --encoding cp1252 --seed 1"),
        ("--no-save --log x.jsonl --checkpoint y --autosave 5" .replace("--checkpoint y ", ""), ""),
        ("a.txt b.txt --learning-rate 0.30000000000000004", "a.txt b.txt --learning-rate 0.30000000000000004"),
        ("--replay log.jsonl --builtin prose --anyway", "--builtin prose --replay log.jsonl --anyway"),
    ],
)  # fmt: skip
def test_no_more_is_said_than_has_to_be(typed, said):
    assert line_of(recipe_of(read_words(typed.split()))) == f"charrnn-tui {said}".strip()
