"""The files of `--log` and `--replay`, opened and checked before anything is trained."""

import argparse
import json
import os
import stat
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

from ..files.log_reader import read_log
from ..files.log_record import LogError, LogRecord
from ..files.log_writer import LogWriter, weights_name
from ..files.reasons import reason
from ..live.listener import Listener, Listeners
from ..settings import FIXED, Settings, check_settings
from ..text.identity import CorpusIdentity
from ..text.visible import readable
from ..training.run import Run
from .chosen import given_settings, new_settings

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

STDOUT = "-"


def open_logs(options: argparse.Namespace, run: Run, *, resumed: bool, saved_to: Path | None = None) -> Listener | None:
    """The log and TensorBoard's file, whichever were asked for, as one. Raises LogError, and leaves neither then."""
    name = getattr(options, "tensorboard", None)
    if name is None:
        return open_log(options, run, resumed=resumed, saved_to=saved_to)
    from ..tensorboard.writer import open_events

    events = open_events(name, run, options.log_every, resumed=resumed)
    try:
        log = open_log(options, run, resumed=resumed, saved_to=saved_to)
    except BaseException:
        events.drop()
        raise
    return Listeners(log, events) if log else events


def open_log(options: argparse.Namespace, run: Run, *, resumed: bool, saved_to: Path | None = None) -> LogWriter | None:
    """The log that was asked for, its first line written. Raises LogError; never writes over a file that is there.

    `saved_to` is where the run is saved: it can't be the log too.
    """
    if options.log is None:
        return None
    shown = f"“{readable(options.log)}”"
    try:
        if saved_to is not None and os.path.realpath(options.log) == str(saved_to):
            raise LogError(f"{shown} is where the run is saved: choose another name for the log")
        goes_on = False
        if options.log == STDOUT:
            if sys.stdout is None or sys.stdout.closed:
                raise LogError("the log can't be written: standard output is closed")
            sys.stdout.flush()
            file: IO[str] = open(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        elif os.path.lexists(options.log) and not _takes_anything(options.log):
            goes_on = resumed and _is_of(read_log(Path(options.log)), run)
            if not goes_on:
                which = (
                    "isn't the log of the run that is resumed, or steps are missing in it"
                    if resumed
                    else "is there already"
                )
                raise LogError(f"{shown} {which}: choose another name for the log")
            file = open(options.log, "a", encoding="utf-8")
            _take(file, shown)
            _cut_to_whole_lines(options.log)
        elif os.path.lexists(options.log):
            file = open(options.log, "w", encoding="utf-8")
        else:
            file = open(options.log, "x", encoding="utf-8")
            _take(file, shown)
    except OSError as error:
        raise LogError(f"the log {shown} can't be written: {reason(error)}") from None
    except ValueError as error:
        if isinstance(error, LogError):
            raise
        raise LogError(f"there can't be a file {shown}") from None
    log = LogWriter(file, options.log_every)
    log.begin(run, goes_on=goes_on)
    return log


def _take(file: IO[str], shown: str) -> None:
    """Let no other program write there, where the system has a way to say so."""
    if fcntl is None:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise LogError(f"another program is writing the log {shown}: choose another name for this one") from None
    except OSError:  # a file system without locks
        pass


def _takes_anything(path: str) -> bool:
    """Whether it is a pipe or a device, where nothing can be overwritten."""
    mode = os.stat(path).st_mode  # noqa: PTH116, it takes any name
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _is_of(record: LogRecord, run: Run) -> bool:
    """Whether a run that is resumed was written down there up to where it goes on."""
    if record.settings is None or record.corpus is None or record.corpus.sha256 != run.session.corpus.sha256:
        return False
    here = run.settings
    same = all(getattr(record.settings, name) == getattr(here, name) for name in FIXED)
    return same and record.has_saved(run.resumed_from, run.session.step_count)


def _cut_to_whole_lines(path: str) -> None:
    """Take a line away that was cut off by a crash, so that the next one begins where it did.

    One that lacks nothing but its end gets it.
    """
    with open(path, "r+b") as file:
        whole = end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            newline = file.read(end - start).rfind(b"\n")
            if newline >= 0:
                end = start + newline + 1
                break
            end = start
        file.seek(end)
        if end < whole and _is_json(file.read()):
            file.write(b"\n")
        else:
            file.truncate(end)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def replay_settings(options: argparse.Namespace, record: LogRecord) -> Settings:
    """The options of a run that is done again. Raises LogError where others were asked for."""
    given = given_settings(options)
    if record.settings is None:
        settings = new_settings(options)
        try:
            check_settings(settings)
        except ValueError as error:
            raise LogError(str(error)) from None
        return settings
    if options.preset:
        raise LogError("the log's run had options of its own: leave --preset out to replay it")
    for name, value in given.items():
        if value != getattr(record.settings, name):
            option, was = name.replace("_", "-"), asdict(record.settings)[name]
            raise LogError(f"the log's run had --{option} {was}: leave --{option} out to replay it")
    return record.settings


def check_weights(record: LogRecord, run: Run) -> None:
    """Raises LogError where the run begins with other weights than the log's did."""
    now = weights_name(run.session)
    if record.settings is not None and record.first_weights != now:
        ours = "its seed's" if not record.first_weights else "those of another run: name that with --from"
        raise LogError(f"the log's run began with {'other weights' if now and record.first_weights else ours}")


def check_text(record: LogRecord, identity: CorpusIdentity, *, anyway: bool) -> None:
    """Raises LogError where the text isn't the one of the log."""
    then = record.corpus
    if then is not None and then.sha256 != identity.sha256 and not anyway:
        raise LogError(
            f"“{readable(identity.name)}” is not the text of the log: that was “{readable(then.name)}” "
            f"with {then.length:,} characters, this one has {identity.length:,} and differs "
            "(--anyway replays it all the same)"
        )
