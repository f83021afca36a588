"""The program of one visitor: the app on a run of theirs, drawn for a browser, within limits.

It goes on with the newest run in the visitor's folder, or begins the one that the server was asked for. It never shows
what belongs to the server: files there can't be named, and what is written goes to the browser or the visitor's folder.
"""

import argparse
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from .serving.folders import VISIT
from .terminal.bandwidth import REMOTE_FPS
from .terminal.browser_driver import say_end
from .terminal.yielding import give_way

KEPT = ("ascii", "fps", "autosave", "no_save")  # of what the server was asked for, by a run that goes on


def main() -> int:
    """Show it until it is left; returns the exit code."""
    visit = json.loads(os.environ.pop(VISIT))
    sys.stdout = sys.stderr  # the real one speaks with the server
    limit(visit["memory"], visit["niceness"])
    folder = Path(visit["folder"])
    os.environ["CHARRNN_RUNS"] = str(folder / "runs")
    try:
        return _show(visit["arguments"], folder)
    except SystemExit as end:  # what was complained of is in the server's file
        return _sorry("This run can't be started; whoever serves it can read why.") if end.code == 2 else 1
    finally:
        say_end()


def limit(memory: int | None, niceness: int) -> None:
    """Leave the processor to others first, and have no more memory than this."""
    give_way(niceness)
    with suppress(ImportError, OSError, ValueError):
        import resource

        if memory is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _show(arguments: list[str], folder: Path) -> int:
    from charrnn.core.cli.opening import open_run
    from charrnn.core.files.checkpoint_guard import CheckpointError
    from charrnn.core.files.run_folders import newest_whole
    from charrnn.core.files.save_place import SavingError
    from charrnn.core.text.vocabulary import CorpusError
    from charrnn.core.training.room import NoRoomError

    from .cli import options_of
    from .reach import BROWSER
    from .watching import watch

    options = options_of(arguments)
    options.fps = options.fps or REMOTE_FPS
    newest = newest_whole()
    try:
        opened = None
        if newest is not None:
            with suppress(CheckpointError, CorpusError, SavingError, NoRoomError):
                opened = open_run(_going_on(options, newest))
        if opened is None:
            opened = open_run(options)
    except (CheckpointError, CorpusError, NoRoomError, SavingError) as error:
        return _sorry(str(error))
    os.chdir(folder)
    return watch(options, opened, (), BROWSER)


def _going_on(options: argparse.Namespace, path: Path) -> argparse.Namespace:
    from .cli import options_of

    kept: dict[str, Any] = {name: getattr(options, name) for name in KEPT}
    return argparse.Namespace(**{**vars(options_of(["--resume", str(path)])), **kept})


def _sorry(sentence: str) -> int:
    """Show a sentence, as there is no other way to say it."""
    from .serving.sorry import SorryApp

    SorryApp(sentence).run()
    return 2


if __name__ == "__main__":
    sys.exit(main())
