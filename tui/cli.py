"""The command `charrnn-tui`: options and the corpus are checked before the screen opens.

NumPy and Textual load only when there is something to train on, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from charrnn.core.options import fail, training_parser
from charrnn.core.visible import counted, readable

if TYPE_CHECKING:
    from charrnn.core.snapshot import Snapshot

PROGRAM = "charrnn-tui"
STOP_PATIENCE = 2.0  # seconds; a step of a huge network may take longer, and its thread keeps nothing alive
DESCRIPTION = "Watch a character-level recurrent network learn a text, live."
EPILOG = """\
examples:
  charrnn-tui                                  train on the stories that come with the program
  charrnn-tui poems.txt --hidden-size 200      train a larger network on a text of yours
  cat *.md | charrnn-tui - --seq-length 50     train on what is piped in

On the screen, ? explains every panel and key; q ends the program."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    options = training_parser(PROGRAM, DESCRIPTION, EPILOG).parse_args(arguments)

    from charrnn.core.corpus import Corpus, CorpusError
    from charrnn.core.session import TrainingSession
    from charrnn.samples import DEFAULT, read_sample

    from .terminal import TerminalError, require_keyboard, require_screen

    try:
        if options.corpus is None:
            corpus = Corpus.from_text(read_sample().decode(), f"{DEFAULT} (built in)")
        else:
            corpus = Corpus.from_path(options.corpus)
        session = TrainingSession(
            corpus,
            hidden_size=options.hidden_size,
            seq_length=options.seq_length,
            learning_rate=options.learning_rate,
            seed=options.seed,
            dtype=options.dtype,
            sample_every=options.sample_every,
            sample_length=options.sample_length,
            temperature=options.temperature,
        )
        require_screen()
        require_keyboard(corpus_from_stdin=options.corpus == "-")
    except (CorpusError, TerminalError) as error:
        fail(PROGRAM, str(error))
    except MemoryError:
        fail(PROGRAM, "there isn't enough memory for this text, hidden size and window: try smaller ones")

    from .app import CharRNNApp
    from .endings import ended_by_signals
    from .one_core import OneCore

    core = OneCore(options.hidden_size)
    app = CharRNNApp(session, stop_at=options.steps, beat=core.check)
    with ended_by_signals(app.end_with), core:
        app.run()
        snapshot = app.trainer.stop(STOP_PATIENCE)
    failure = app.trainer.error
    if failure is not None:
        tell(f"{PROGRAM}: training failed: {readable(f'{type(failure).__name__}: {failure}')}", sys.stderr)
    if app.return_code != 1 or failure is not None:
        tell(summary(snapshot), sys.stdout)
    return app.return_code or 0


def tell(line: str, stream: TextIO) -> None:
    """Write a line that nobody may be there to read."""
    try:
        print(line, file=stream, flush=True)
    except OSError:
        # Python flushes again at the end, and would complain.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def summary(s: "Snapshot") -> str:
    """One line about the run."""
    rate = s.step / s.elapsed if s.elapsed else 0.0
    return (
        f"{counted(s.step, 'step')} in {s.elapsed:,.1f} s ({rate:,.0f} steps/s), "
        f"smooth loss {s.smooth_loss:.4g} nats/window, {s.bits_per_char:.3g} bits/char"
    )
