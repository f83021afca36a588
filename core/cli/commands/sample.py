"""`charrnn sample`: text from a saved network, to standard output as it is drawn."""

import argparse
import sys

import numpy as np

from ...files.checkpoint import Checkpoint
from ...files.checkpoint_guard import CheckpointError
from ...files.resume import read_or_offer
from ...files.run_folders import named_or_newest
from ...network.forward import read_text
from ...network.model import CharRNN
from ...network.sampling import drawn
from ...text.visible import readable
from ...text.vocabulary import CorpusError


def write_sample(options: argparse.Namespace) -> int:
    """Write the text; raw into a pipe or a file, made visible on a terminal."""
    checkpoint = read_or_offer(named_or_newest(options.checkpoint))
    settings, vocabulary = checkpoint.settings, checkpoint.vocabulary
    if checkpoint.sizes:
        raise CheckpointError(f"this run learns to {settings.task}: it writes no text of its own to be sampled")
    model = network(checkpoint)
    if options.prime:
        try:
            *before, first = vocabulary.encode(vocabulary.typed(options.prime)).tolist()
        except CorpusError as error:
            raise CheckpointError(f"the network can't read this prime: {error}") from None
        hidden = read_text(model, np.array(before, np.intp), model.initial_hidden())
    else:
        first = checkpoint.next_input
        hidden = model.memories(checkpoint.state.session.hidden)[:, :1]  # the first stream's
    temperature = settings.temperature if options.temperature is None else options.temperature
    ids = drawn(model, first, hidden, options.length, np.random.default_rng(options.seed), temperature)

    out = sys.stdout
    if out is None:
        raise CheckpointError("can't be sampled from: standard output is closed")
    out.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]  # a text file
    shown = out.isatty()
    with np.errstate(all="ignore"):
        for i in ids:
            character = vocabulary.characters[i]
            out.write(character if not shown or character == "\n" else readable(character))
            if shown:
                out.flush()
    if shown:
        out.write("\n")
    out.flush()
    return 0


def network(checkpoint: Checkpoint) -> CharRNN:
    """The network as it was saved."""
    model = CharRNN.of(checkpoint.settings, len(checkpoint.vocabulary))
    model.parameters.flat[:] = checkpoint.state.session.parameters
    return model
