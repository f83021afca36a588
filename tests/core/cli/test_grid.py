"""A grid is judged by the options' own parser, and each configuration as a run of its own."""

import argparse

import pytest

from charrnn.core.cli.commands.options import add_sweep
from charrnn.core.cli.grid import parsed_grid, plan_of
from charrnn.core.sweep.plan import SweepError


def planned(*words):
    parser = argparse.ArgumentParser()
    add_sweep(parser)
    return plan_of(parser.parse_args([*words, "-o", "there"]))


def test_each_value_goes_with_each_and_every_seed():
    plan = planned("--grid", "cell=rnn,gru", "hidden-size=5,10", "--seeds", "3", "--seed", "7", "--steps", "10")
    assert plan.labels == (
        *("cell=rnn hidden-size=5", "cell=rnn hidden-size=10"),
        *("cell=gru hidden-size=5", "cell=gru hidden-size=10"),
    )
    assert [run.settings.seed for run in plan.runs[:4]] == [7, 8, 9, 7]
    assert (plan.runs[-1].settings.cell, plan.runs[-1].settings.hidden_size) == ("gru", 10)
    assert plan.what == "4 configurations × 3 seeds = 12 runs"
    assert plan.runs[-1].folder.startswith("cell=gru,hidden-size=10,seed=9-")
    assert len({run.folder for run in plan.runs}) == 12


def test_options_beside_the_grid_are_of_all_runs_and_presets_may_be_in_it():
    plan = planned("--grid", "preset=classic,modern", "--hidden-size", "9", "--steps", "10")
    assert {run.settings.hidden_size for run in plan.runs} == {9}
    assert [run.settings.cell for run in plan.runs] == ["rnn", "gru"]
    assert plan.runs[1].settings.schedule_steps == 10
    assert plan.common == "--hidden-size 9"


def test_something_is_held_out_where_nothing_is_said():
    assert planned("--steps", "10").runs[0].settings.held_out == 0.05
    assert planned("--steps", "10", "--held-out", "0.2").runs[0].settings.held_out == 0.2
    assert planned("--builtin", "feelings", "--steps", "10").runs[0].settings.held_out == 0.1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["cell=rnn,foo"], "in the grid, argument --cell: invalid choice"),
        (["hidden-size=0"], "in the grid, argument --hidden-size: “0” is not between"),
        (["hidden-size="], "isn't OPTION=VALUE"),
        (["poems.txt"], "“poems.txt” isn't OPTION=VALUE"),
        (["size=3"], "training has no option --size"),
        (["help=1"], "training has no option --help"),
        (["builtin=prose"], "training has no option --builtin"),
        (["seed=1,2"], "--seeds counts them"),
        (["held-out=0.1,0.2"], "runs are compared by it"),
        (["cell=rnn", "cell=gru"], "cell is in it twice"),
    ],
)
def test_a_wrong_grid_is_refused_in_a_sentence_that_names_the_option(words, sentence):
    with pytest.raises(SweepError) as refused:
        parsed_grid(words)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--steps", "10", "--budget", "5"], "either --steps of each, or a --budget"),
        ([], "either --steps of each, or a --budget"),
        (["--seconds", "5"], "how far a run comes in a time is chance"),
        (["--steps", "10", "--patience", "3"], "argument --patience: not of a sweep"),
        (["--steps", "10", "--held-out", "0"], "compared by what is held out"),
        (["--steps", "10", "--grid", "optimizer=sgd,adam", "--momentum", "0.9"], "optimizer=adam: momentum is of sgd"),
        (["--steps", "10", "--grid", "hidden-size=5,05"], "asks for the same run twice"),
        (["--steps", "10", "--grid", "hidden-size=5,6,7", "--seeds", "1000"], "make 3,000 runs: 1,000 are the most"),
        (["--budget", "10", "--grid", "schedule=cosine,step"], "schedule=cosine: a cosine goes down to an end"),
    ],
)
def test_what_doesnt_go_together_is_refused_in_a_sentence(words, sentence):
    with pytest.raises(SweepError) as refused:
        planned(*words)
    assert sentence in str(refused.value)
