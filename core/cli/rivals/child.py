"""The program that a rival is: `charrnn train` that is told what to do, and tells how it goes, line by line.

It reads its options from the folder that is named, trains, and writes its log there. Lines of its standard input hold
it (`pause`) and let it go on (`go`); their end is its own: whatever became of the program that started it, it ends in
order and saves its run. What it writes on standard output are tables in JSON, for `core.live.rival`.

NumPy loads only when it is known on which cores.
"""

import argparse
import io
import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from ...live.rival import LOG, OPTIONS, TEXT, RivalError

if TYPE_CHECKING:
    from ...live.trainer import Trainer
    from ..opening import Opened

PROGRAM = "charrnn-tui"
END = ""  # in place of a line


class Wires:
    """What comes in and goes out. `news` is set when there is something to be done."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="ascii")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else may come between
        self.news = threading.Event()
        self.asked: SimpleQueue[str] = SimpleQueue()
        self.trains = threading.Event()  # from then on there is something to be saved
        self.over = False
        self.at_once: Callable[[], None] = lambda: None  # ends the program before that
        threading.Thread(target=self._listen, name="asked", daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError, ValueError), open(0, encoding="ascii", errors="replace", closefd=False) as lines:
            for line in lines:
                self.ask(line.strip())
        self.over = True
        self.ask(END)
        if not self.trains.is_set():
            self.at_once()

    def ask(self, what: str) -> None:
        """Have it done, as if it had been a line."""
        self.asked.put(what)
        self.news.set()

    def tell(self, **what: Any) -> None:
        """Write a table, which nobody may be there to read."""
        with suppress(OSError, ValueError):
            print(json.dumps(what), file=self._out, flush=True)


def main(folder: str) -> int:
    """Train a rival; returns the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program on the screen
    wires, home = Wires(), Path(folder)
    spec = json.loads((home / OPTIONS).read_text(encoding="utf-8"))
    choose_cores(*spec["cores"])

    def leave() -> None:
        """Nobody wants it any more, and it hasn't begun: a large network may take minutes to be made."""
        wires.tell(state="ended", said=["it had not begun"])
        shutil.rmtree(home, ignore_errors=True)
        os._exit(0)

    wires.at_once = leave
    if wires.over:
        leave()
    try:
        return _train(spec, home, wires)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def choose_cores(all_of_them: list[int], first: list[int]) -> None:
    """Begin on one of the `first` cores, and leave all further choice to the system: who started it keeps to one."""
    if all_of_them and hasattr(os, "sched_setaffinity"):
        with suppress(OSError):
            os.sched_setaffinity(0, first or all_of_them)
            os.sched_setaffinity(0, all_of_them)


def _train(spec: dict[str, Any], home: Path, wires: Wires) -> int:
    from ...files.checkpoint_guard import CheckpointError
    from ...files.save_place import SavingError
    from ...text.carried import carried
    from ...text.vocabulary import CorpusError
    from ...training.room import NoRoomError
    from ..messages import NO_MEMORY
    from ..opening import open_run

    options = argparse.Namespace(**spec["options"])
    try:
        options.text = carried(home / TEXT) if spec["options"].get("text") else None
        opened = open_run(options)
        if opened.run.session.corpus.sha256 != spec["sha256"]:
            raise RivalError("the text has changed since the run on the screen read it")
    except (CheckpointError, CorpusError, NoRoomError, RivalError, SavingError) as error:
        wires.tell(state="ended", problem=str(error))
        return 2
    except MemoryError:
        wires.tell(state="ended", problem=NO_MEMORY)
        return 2
    return _run(options, opened, home, wires, held=spec["held"])


def _run(options: argparse.Namespace, opened: "Opened", home: Path, wires: Wires, *, held: bool) -> int:
    from ...live.commands import Pause
    from ...live.driver import Until
    from ...live.live_log import LiveLog
    from ...live.trainer import Trainer
    from ...training.run import MOST_FALLS
    from ..messages import complain, complain_of_log, say_how_to_go_on, summary, tell
    from ..signals import ended_by_signals

    log = LiveLog(open(home / LOG, "w", encoding="utf-8"))  # noqa: SIM115, it is open as long as the run
    log.begin(opened.run, goes_on=False)
    shutil.rmtree(home, ignore_errors=True)  # whoever follows the log has it open
    trainer = Trainer(
        opened.run,
        stop_at=options.steps,
        until=Until(options.seconds, options.patience),
        notify=wires.news.set,
        saver=opened.saver,
        autosave=options.autosave,
        mend=True,
        elapsed=opened.elapsed,
        log=log,
    )
    with ended_by_signals(lambda _: wires.ask(END)):
        wires.trains.set()
        if held:
            trainer.send(Pause())  # before it can have made a step
        trainer.start()
        note = _obey(trainer, wires, held=held)
        snapshot = trainer.stop()
        said, wrong = io.StringIO(), io.StringIO()
        with redirect_stderr(wrong):
            tell(summary(snapshot), said)
            if trainer.gave_up:
                complain(PROGRAM, f"training diverged {MOST_FALLS} times running; it ended at the last good state")
            if trainer.error is not None:
                complain(PROGRAM, f"training failed: {type(trainer.error).__name__}: {trainer.error}")
            complain_of_log(PROGRAM, snapshot)
            report = say_how_to_go_on(PROGRAM, replace(opened, voice=said))
        problem = " ".join(line.removeprefix(f"{PROGRAM}: ") for line in wrong.getvalue().splitlines())
        wires.tell(state="ended", step=snapshot.step, note=note, problem=problem, said=said.getvalue().splitlines())
    return int(trainer.gave_up or trainer.error is not None or bool(report and report.problem))


def _obey(trainer: "Trainer", wires: Wires, *, held: bool) -> str:
    """Hold it, and let it go on, until it has come to its end; why it has, in words, or "" where it was asked to."""
    from ...live.commands import GoOn, Pause

    told = ""
    while True:
        with suppress(Empty):
            while True:
                match wires.asked.get_nowait():
                    case "pause":
                        held = True
                        trainer.send(Pause())
                    case "go" if held:
                        held = False
                        trainer.send(GoOn())
                    case "":
                        return ""
        snapshot = trainer.look()
        if snapshot.commands_done == trainer.sent:
            if snapshot.state in ("stopped", "failed") or (snapshot.state == "paused" and (snapshot.note or not held)):
                return snapshot.note
            if snapshot.state != told:
                told = snapshot.state
                wires.tell(state="held" if held else "training", step=snapshot.step)
        wires.news.wait()
        wires.news.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
