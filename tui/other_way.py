"""The same examples and options once more, with attention where there was none, or without: a run of its own.

The one that is left is saved as at every end; its curve and where it was right stay to be compared with.
"""

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from charrnn.core.cli.opening import Opened
from charrnn.core.curves.past_runs import PastRun, PastRunError, curve_of
from charrnn.core.files.saver import Saver
from charrnn.core.insight.examples.translating import Places, places
from charrnn.core.training.example_session import ExampleSession
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run

WAYS = {True: "with attention", False: "without attention"}


class Left(NamedTuple):
    """What is kept of a run that was left: no curve where it had made no step."""

    curve: PastRun | None = None
    places: Places | None = None


def leave(run: Run, elapsed: float) -> Left:
    """What there is to be compared with, of a run that has ended after so many seconds of training."""
    curve = None
    with suppress(PastRunError):
        curve = curve_of(run, WAYS[run.settings.attends], elapsed)
    return Left(curve, places(run.session) if isinstance(run.session, ExampleSession) else None)


def other_way(opened: Opened) -> Opened:
    """A new run the other way, which is saved in a folder of its own if the one before was. It isn't logged."""
    settings = opened.run.settings
    session = session_with_room(opened.run.session.corpus, replace(settings, attention=not settings.attention))
    run = Run(session)
    run.notice = f"{WAYS[run.settings.attends]}, from the start"
    if opened.log:
        run.notice += "; the log is that of the run before"
    saver = Saver(run, None) if opened.saver else None
    if saver:
        saver.prepare()
    return Opened(run, 0.0, saver, voice=opened.voice)
