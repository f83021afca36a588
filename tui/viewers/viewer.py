"""The program of one viewer: it looks at a run that another program on this machine trains, until that ends.

`CHARRNN_WATCH` in the environment is {"socket": where the run is shown, "niceness": how far the training goes before}.
One run may follow the other: the panels that are open stay open, where the task is the same. It stays off the core that
the run is trained on, and waits for the others where there are too few.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

VARIABLE = "CHARRNN_WATCH"
NICENESS = 15
FPS = "10"  # frames a second that are drawn at most
GONE = "There is no run to look at: the teacher's program has gone."
LATE = "The teacher's run doesn't show itself."


def main() -> int:
    """Look on; returns the exit code."""
    spec = json.loads(os.environ.pop(VARIABLE, "{}"))
    give_way(int(spec.get("niceness", NICENESS)))
    if "TEXTUAL_DRIVER" in os.environ:  # for a browser
        os.environ["TEXTUAL_FPS"] = FPS  # before Textual looks
        sys.stdout = sys.stderr  # the real one speaks with the server
    return watch(str(spec.get("socket", "")))


def watch(address: str) -> int:
    """Look at what is shown there; returns the exit code."""
    from charrnn.core.files.checkpoint_guard import CheckpointError
    from charrnn.core.live.shared.follower import Line
    from charrnn.core.live.shared.frames import FrameError
    from charrnn.core.text.vocabulary import CorpusError
    from charrnn.core.training.room import NoRoomError

    try:
        line = Line(address)
    except OSError:
        return say(GONE)
    try:
        return look_on(line, Path(address).parent)
    except (CheckpointError, CorpusError, FrameError, NoRoomError) as error:
        return say(f"The teacher's run can't be shown: {error}.")
    except MemoryError:
        return say("There isn't enough memory to look at this run.")
    finally:
        line.close()


def give_way(niceness: int) -> None:
    """Let the training go first, and have no more than one thread for products of matrices that begin many."""
    with suppress(OSError, AttributeError):
        os.nice(niceness)
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


class Elsewhere:
    """Cores for this program: all that it was started on, without the one that the run is trained on."""

    def __init__(self) -> None:
        self._all = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
        self._left: int | None = None

    def leave(self, core: int | None) -> None:
        """Leave this core, where there is another one."""
        from ..terminal.one_core import bind

        if core != self._left and len(self._all) > 1:
            self._left = core
            bind(self._all - {core} or self._all)


def look_on(line: Any, folder: Path) -> int:
    """One run after the other. Raises what is wrong with one, as a sentence."""
    from charrnn.core.live.shared.follower import Follower
    from charrnn.core.live.shared.replica import Replica, corpus_of

    from .viewer_app import ViewerApp

    elsewhere, kept = Elsewhere(), dict[str, tuple[str, ...]]()
    corpus, number = None, -1
    while True:
        seen = line.first(but=number)
        if seen is None or seen.moment is None:
            return say(line.over or LATE)
        elsewhere.leave(seen.moment.core)
        checkpoint = seen.moment.checkpoint
        if corpus is None or corpus.sha256 != checkpoint.corpus.sha256:
            corpus = corpus_of(seen.moment, folder)
        follower = Follower(line, seen, Replica(seen.moment, corpus))
        task, number = checkpoint.settings.task, seen.run
        app = ViewerApp(follower, kept=kept.get(task, ()), beat=lambda f=follower: elsewhere.leave(f.core))
        app.run()
        kept[task] = app.kept
        follower.stop(10)
        if app.failure or follower.error:
            return say(f"This screen failed: {app.failure or follower.error}")
        if not app.has_left:
            return 0
        if not follower.succeeded:
            return say(follower.left)


def say(sentence: str) -> int:
    """Show a sentence until a key is pressed; returns the exit code."""
    from ..terminal.browser_driver import asked_to_end
    from .farewell import FarewellApp

    if asked_to_end.is_set():
        return 0
    FarewellApp(sentence).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
