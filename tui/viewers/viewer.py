"""The program of one viewer: it looks at a run that another program on this machine trains, until that ends.

`CHARRNN_WATCH` in the environment is {"socket": where the run is shown, "niceness": how far the training goes before}.
One run may follow the other: the panels that are open stay open, where the task is the same. It stays off the core that
the run is trained on, and waits for the others where there are too few.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from ..terminal.yielding import give_way, take_what_is_left

VARIABLE = "CHARRNN_WATCH"
NICENESS = 15
FPS = "10"  # frames a second that are drawn at most
GONE = "There is no run to look at: the teacher's program has gone."
LATE = "The teacher's run doesn't show itself."


def main() -> int:
    """Look on; returns the exit code."""
    spec = json.loads(os.environ.pop(VARIABLE, "{}"))
    niceness = int(spec.get("niceness", NICENESS))
    give_way(niceness)
    if "TEXTUAL_DRIVER" in os.environ:  # for a browser
        os.environ["TEXTUAL_FPS"] = FPS  # before Textual looks
        sys.stdout = sys.stderr  # the real one speaks with the server
    try:
        return watch(str(spec.get("socket", "")), niceness)
    finally:
        from ..terminal.browser_driver import say_end

        if "TEXTUAL_DRIVER" in os.environ:
            say_end()


def watch(address: str, niceness: int) -> int:
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
        return look_on(line, Path(address).parent, niceness)
    except (CheckpointError, CorpusError, FrameError, NoRoomError) as error:
        return say(f"The teacher's run can't be shown: {error}.")
    except MemoryError:
        return say("There isn't enough memory to look at this run.")
    finally:
        line.close()


class Elsewhere:
    """Where there are several cores: off the one that the run is trained on, and on others when nobody wants them.

    `idle`: also that. On a single core a program that only takes what is left would never get anything.
    """

    def __init__(self, *, idle: bool) -> None:
        self._all = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
        self._left: int | None = None
        self._idle = idle and len(self._all) > 1

    def leave(self, core: int | None) -> None:
        """Leave this core, where there is another one."""
        from ..terminal.one_core import bind

        if core != self._left and len(self._all) > 1:
            self._left = core
            bind(self._all - {core} or self._all)

    def settle(self) -> None:
        """Take only what is left, from now on: there is something to see."""
        if self._idle:
            self._idle = not take_what_is_left()


def look_on(line: Any, folder: Path, niceness: int) -> int:
    """One run after the other. Raises what is wrong with one, as a sentence."""
    from charrnn.core.live.shared.follower import Follower
    from charrnn.core.live.shared.replica import Replica, corpus_of

    from .viewer_app import ViewerApp

    elsewhere, kept = Elsewhere(idle=niceness > 0), dict[str, tuple[str, ...]]()
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

        def beat(followed: Follower = follower) -> None:
            elsewhere.leave(followed.core)
            elsewhere.settle()

        app = ViewerApp(follower, kept=kept.get(task, ()), beat=beat)
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
