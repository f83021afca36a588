"""The commands of `charrnn`: what each is called, takes and does. A new one is a line of `COMMANDS`.

NumPy loads only when there is something to do, so that `--help` answers at once.
"""

import argparse
from collections.abc import Callable
from typing import NamedTuple

from .exchange_options import add_export, add_import
from .options import add_check, add_plot, add_run, add_sample, add_sweep, add_train

Options = argparse.Namespace

TRAIN_EXAMPLES = """\
examples:
  charrnn train --steps 5000                       train on the stories that come with the program
  charrnn train poems.txt --hidden-size 200        train until Ctrl+C, which saves
  charrnn train poems.txt --resume --steps 40000   go on with the newest run of this text
  charrnn train --resume run.npz                   go on with this one"""
PLOT_EXAMPLES = """\
examples:
  charrnn plot run.jsonl -o loss.svg               one run, with its band, its marks and what guessing costs
  charrnn plot a.jsonl b.jsonl -o loss.pdf         two runs beside each other
  charrnn plot run.npz -o loss.png --by time       a checkpoint knows only how long it took in all"""
SAMPLE_EXAMPLES = """\
examples:
  charrnn sample run.npz                           go on writing where training stands
  charrnn sample run.npz --prime "Once " --length 1000 --temperature 0.7
  charrnn sample run.npz --seed 1 > text.txt       the same text every time, as it is"""
EXPORT_EXAMPLES = """\
examples:
  charrnn export run.npz -o model.safetensors      for PyTorch: names and shapes of nn.RNN, nn.GRU, nn.LSTM, nn.Linear
  charrnn export -o model.onnx                     the newest run, for ONNX runtimes
  charrnn export run.jsonl --tensorboard logs/run  a log; then: tensorboard --logdir logs"""
IMPORT_EXAMPLES = """\
examples:
  charrnn import model.safetensors --text poems.txt
  charrnn import model.safetensors --text poems.txt --learning-rate 0.01 --streams 16 -o run.npz
  charrnn train --resume run.npz                   go on with it, without a screen
  charrnn-tui --resume run.npz                     or with one"""
SWEEP_EXAMPLES = """\
examples:
  charrnn sweep poems.txt --grid cell=rnn,gru hidden-size=50,100,200 --seeds 3 --steps 20000 -o sweep
  charrnn sweep poems.txt --grid learning-rate=0.03,0.1,0.3 --budget 600 -o rates
  charrnn sweep poems.txt --grid cell=rnn,lstm --steps 50000 -o cells --scheduler tcp://HOST:8786"""


class Command(NamedTuple):
    """`add` gives a parser its options, `do` takes them and returns the exit code.

    `trains`: the options of a training run are among them, which are checked together.
    """

    name: str
    what: str
    add: Callable[[argparse.ArgumentParser], None]
    do: Callable[[Options], int]
    examples: str = ""
    trains: bool = False


def _train(options: Options) -> int:
    from .train import train

    return train(options)


def _sample(options: Options) -> int:
    from .sample import write_sample

    return write_sample(options)


def _info(options: Options) -> int:
    from .info import show_info

    return show_info(options)


def _runs(options: Options) -> int:
    from .info import show_runs

    return show_runs(options)


def _plot(options: Options) -> int:
    from .plot import plot

    return plot(options)


def _check(options: Options) -> int:
    from .check import check

    return check(options)


def _export(options: Options) -> int:
    from .export import export

    return export(options)


def _import(options: Options) -> int:
    from .import_run import import_run

    return import_run(options)


def _sweep(options: Options) -> int:
    from .sweep import sweep

    return sweep(options)


def _settings(options: Options) -> int:
    from .settings import show_settings

    return show_settings(options)


def _nothing(_: argparse.ArgumentParser) -> None:
    """It takes no options."""


COMMANDS = (
    Command("train", "train on a text, without a screen", add_train, _train, TRAIN_EXAMPLES, trains=True),
    Command("sample", "write with a saved network", add_sample, _sample, SAMPLE_EXAMPLES),
    Command("info", "say what a saved run is and how far it has come", add_run, _info),
    Command("runs", "list the saved runs, the newest first", _nothing, _runs),
    Command("plot", "draw the curves of runs as a picture", add_plot, _plot, PLOT_EXAMPLES),
    Command("sweep", "train many runs with other options each, on many workers", add_sweep, _sweep, SWEEP_EXAMPLES),
    Command("check", "check the gradients of a real window by central differences", add_check, _check, trains=True),
    Command("export", "write a network, or a log, for other tools", add_export, _export, EXPORT_EXAMPLES),
    Command("import", "begin a run with another program's network", add_import, _import, IMPORT_EXAMPLES, trains=True),
    Command("settings", "say where your own defaults are kept, and print a file to begin with", _nothing, _settings),
)
