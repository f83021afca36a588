"""A new run with the weights of a network that was read from another program's file."""

from pathlib import Path

from ..files.resume import OF_TEXTS, Data, begun_with
from ..settings import Settings
from ..text.corpus import Corpus
from ..text.visible import counted, readable
from ..training.run import Run
from .portable import ExchangeError
from .safetensors_reader import NetworkFile


def begun_with_network(network: NetworkFile, path: Path, data: Data, settings: Settings) -> Run:
    """The run on a text. Raises ExchangeError, in a sentence, where the network can't be one for it.

    A file that doesn't say its symbols can only be meant for a text with as many, in their order.
    """
    if not isinstance(data, Corpus):
        raise ExchangeError(OF_TEXTS)
    shown, vocabulary = f"“{readable(path.name)}”", network.vocabulary
    if vocabulary is None:
        vocabulary, text = data.vocabulary, f"“{readable(data.name)}”"
        reads = len(network.weights["by"])
        if len(vocabulary) != reads:
            raise ExchangeError(
                f"{shown} doesn't say which symbols its network reads, and it reads {reads:,}: {text} has "
                f"{len(vocabulary):,}"
            )
        run = begun_with(network.weights, vocabulary, shown, data, settings)
        run.notice += f"; it doesn't say its symbols, which are taken to be those of {text}, sorted by code point"
        return run
    step = "" if network.step is None else f" after {counted(network.step, 'step')}"
    return begun_with(network.weights, vocabulary, f"{shown}{step}", data, settings)
