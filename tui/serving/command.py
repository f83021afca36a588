"""`charrnn-tui --serve`: what is wrong is a sentence before a port is opened; then it serves until it is ended.

Loading this needs the extra `web`.
"""

import argparse
import asyncio
from collections.abc import Sequence

from charrnn.core.cli.messages import NO_MEMORY, tell
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import fail
from charrnn.core.text.vocabulary import CorpusError
from charrnn.core.training.room import NoRoomError

from .options import without_serving
from .serve import ServeError, Serving, serve, visits_of


def serve_runs(program: str, options: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Give each visitor a run like the one that was asked for; returns the exit code."""
    try:
        once = argparse.Namespace(**{**vars(options), "no_save": True})
        title = open_run(once).run.session.corpus.name  # what can't be opened once can't be for anybody
        rest = without_serving(arguments)
        serving = Serving.of(options.serve, options.token, options.visitors, options.idle, title, rest)
        asyncio.run(serve(serving, visits_of(serving, tell), tell))
    except (CorpusError, NoRoomError, ServeError) as error:
        fail(program, str(error))
    except MemoryError:
        fail(program, NO_MEMORY)
    return 0
