"""Runs on the screen, one after the other: each is shown until it is left, and may be followed by another one.

What there is to say of them is said at the end, when no screen follows. The command line is read in `cli`.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from charrnn.core.cli.messages import complain, complain_of_log, say_how_to_go_on, summary, tell
from charrnn.core.cli.opening import Opened
from charrnn.core.cli.options import fail
from charrnn.core.cli.rivals.beside import Beside
from charrnn.core.curves.past_runs import PastRun
from charrnn.core.files.run_folders import run_files
from charrnn.core.files.save_place import SavingError
from charrnn.core.files.saver import Saver
from charrnn.core.insight.examples.translating import Places
from charrnn.core.live.driver import Until
from charrnn.core.live.rival import RivalError
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.live.trainer import Trainer
from charrnn.core.text.visible import readable
from charrnn.core.text.vocabulary import CorpusError
from charrnn.core.training.room import NoRoomError

from .app import CharRNNApp
from .other_way import Left, leave
from .program import MOST_COMPARED, MOST_RIVALS, PROGRAM
from .reach import HERE, Reach
from .screens.following import Following
from .serving.school import NOBODY, Nobody
from .terminal.bandwidth import FPS, REMOTE_FPS, is_remote
from .terminal.endings import orderly_end
from .terminal.one_core import OneCore
from .terminal.plain_driver import needs_ascii

STOP_PATIENCE = 2.0  # seconds; a step of a huge network may take longer, and its thread keeps nothing alive
SAVE_PATIENCE = 60.0
# By a run that is begun while another one is shown.
TAKEN_OVER = ("no_save", "autosave", "compare", "ascii", "fps", "theme", "panels")
RIVAL_PATIENCE = 10.0  # what a rival takes longer to be saved it does alone


def watch(
    options: argparse.Namespace,
    opened: Opened,
    compare: tuple[PastRun, ...],
    reach: Reach = HERE,
    school: Nobody = NOBODY,
) -> int:
    """Show a run, and those that follow it, until the program is left; returns its exit code."""
    left, first, ending = Left(), True, _Ending(school)
    with orderly_end(ending.end, ending.save), _said_later() as told:
        while True:
            compared = (*compare[: MOST_COMPARED - 1], left.curve) if left.curve else compare
            try:
                app, failed = _watch(options, opened, compared, left.places, ending, reach, first=first, told=told)
            except RivalError as error:
                fail(PROGRAM, f"argument --rival: {error}")
            following, first = app.followed_by, False
            if ending.code or failed or not following:
                if isinstance(following, Following):
                    following.drop()
                return ending.code or app.return_code or int(failed)
            app.trainer.join()  # it may be in its last look, and what it trained is looked into here
            if isinstance(following, Following):
                left, options = Left(), _taken_over(options, following.options)
                compare = compare if following.compared else ()
            else:
                left = leave(opened.run, app.trainer.look().elapsed)
            try:
                opened = following(opened)
            except (CorpusError, NoRoomError, SavingError) as error:
                fail(PROGRAM, str(error))


def _taken_over(before: argparse.Namespace, after: argparse.Namespace) -> argparse.Namespace:
    """The options of a run that follows: its own, but for how it is saved and shown."""
    return argparse.Namespace(**{**vars(after), **{name: getattr(before, name, None) for name in TAKEN_OVER}})


@contextmanager
def _said_later() -> Iterator[list[Callable[[], None]]]:
    """What is put into the list is said at the end, whatever that is."""
    told = list[Callable[[], None]]()
    try:
        yield told
    finally:
        for say in told:
            say()


class _Ending:
    """What a signal ends, whenever it comes: the app on the screen, or between two of them the one that follows."""

    def __init__(self, school: Nobody) -> None:
        self.code, self.school = 0, school
        self._app: CharRNNApp | None = None
        self._saver: Saver | None = None

    def show(self, app: CharRNNApp, saver: Saver | None) -> None:
        """From now on it is this app."""
        self._app, self._saver = app, saver
        if self.code:
            app.end_with(self.code)

    def end(self, code: int) -> None:
        """End it as soon as possible."""
        self.code = code
        if self._app:
            self._app.end_with(code)

    def save(self) -> None:
        """Save what can be, before it is ended the hard way."""
        if self._app:
            self._app.trainer.stop(STOP_PATIENCE)
        if self._saver:
            self._saver.close(SAVE_PATIENCE)


def _watch(
    options: argparse.Namespace,
    opened: Opened,
    compare: tuple[PastRun, ...],
    places: Places | None,
    ending: _Ending,
    reach: Reach,
    *,
    first: bool,
    told: list[Callable[[], None]],
) -> tuple[CharRNNApp, bool]:
    """Show one run until it is left or something is `ending` it; gives the app, and whether something of it was lost.

    `first`: it is the one that was asked for. `told` gets what says at the end what there is to say of it.
    """
    core = OneCore(opened.run.session.model.hidden_size, ending.school.waits)
    most = min(MOST_RIVALS, MOST_COMPARED - len(compare))
    beside = Beside(compare, options, opened.run, most=most, cores=core.elsewhere)
    app = _made(
        CharRNNApp,
        opened,
        stop_at=options.steps,
        until=Until(options.seconds, options.patience),
        beat=core.check,
        saver=opened.saver,
        autosave=options.autosave,
        elapsed=opened.elapsed,
        log=opened.log,
        replay=opened.replay,
        beside=beside,
        places_before=places,
        first_run=first and not (opened.elapsed or run_files()),
        ascii_only=options.ascii or needs_ascii(),
        fps=options.fps or (REMOTE_FPS if is_remote() else FPS),
        options=options,
        reach=reach,
        trains=partial(Trainer, audience=ending.school.audience),
    )
    app.school = ending.school

    def say(snapshot: Snapshot) -> None:
        failure = app.trainer.error
        if failure is not None:
            complain(PROGRAM, f"training failed: {type(failure).__name__}: {failure}")
        if app.failure:
            complain(PROGRAM, f"the screen failed: {app.failure}")
        if app.return_code != 1 or failure is not None or app.failure:
            tell(summary(snapshot), opened.voice)
        if app.recording.ended_with:
            tell(app.recording.ended_with, opened.voice)
        complain_of_log(PROGRAM, snapshot)
        say_how_to_go_on(PROGRAM, opened)
        for line in beside.wait(RIVAL_PATIENCE):
            tell(readable(line), opened.voice)

    ending.show(app, opened.saver)
    with core:
        try:
            for rival in options.rival if first else ():
                beside.start(rival)
            app.run()
        finally:
            beside.end()
            snapshot = app.trainer.stop(STOP_PATIENCE)
            app.recording.close()
            told.append(partial(say, snapshot))
            report = opened.saver.close() if opened.saver else None
    return app, bool((report and report.problem) or snapshot.log_problem)


def _made(app: type[CharRNNApp], opened: Opened, **options: Any) -> CharRNNApp:
    """The app; where a variable of the environment keeps Textual from making one, the program ends with a sentence."""
    try:
        made = app(opened.run, **options)
        made.log.system("")  # it would be opened later, when the screen is open
        return made
    except Exception as error:
        named = [name for name in os.environ if name.startswith("TEXTUAL_")]
        if opened.saver:
            opened.saver.close()
        if not named:
            raise
        which = f"{named[0]} is" if len(named) == 1 else f"one of {', '.join(named)} is"
        fail(PROGRAM, f"the screen can't be made ({type(error).__name__}: {error}): it may be that {which} wrong")
