"""What there is beside the run on the screen: earlier runs, whose logs may still grow, and rivals that train now.

Both are logs that are followed. It starts rivals, holds them and ends them; what one is trained with is in `options`.
"""

import argparse
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ...curves.following import FollowedLog, Follower
from ...curves.past_runs import MOST_POINTS, PastRun, PastRunError, of_log
from ...files.log_record import LogRecord
from ...live.rival import Rival, RivalError, Standing
from ...settings import Settings
from ...training.run import Run
from .options import rival_options, write_down

MOST_RIVALS = 3
EVERY = 0.5  # seconds from one look at the logs to the next
Cores = tuple[list[int], list[int]]  # all that a rival may run on, and those of them on which it begins


class Seen(NamedTuple):
    """A rival as it was seen last: what it is called, the options that were typed for it, and what its log says.

    `curve` is None before its first step, `settings` before it has begun; `sample` is the newest, with its step.
    """

    label: str
    options: str
    standing: Standing
    curve: PastRun | None = None
    settings: Settings | None = None
    weights: int | None = None
    rate: float | None = None
    speed: float | None = None  # steps a second
    sample: tuple[int, str] | None = None


class Around(NamedTuple):
    """All that is beside a run at one moment: curves to draw, those of rivals last, and the rivals themselves."""

    curves: tuple[PastRun, ...] = ()
    rivals: tuple[Seen, ...] = ()


class _Followed:
    """A rival, and its log as it is read."""

    def __init__(self, label: str, options: str, rival: Rival, *, saved: bool) -> None:
        self.saved = saved
        self.rival, self._log = rival, FollowedLog(Path(label), rival.log)
        self.seen = Seen(label, options, rival.standing)

    @property
    def runs(self) -> bool:
        """Whether it hasn't ended."""
        return self.rival.standing.state != "ended"

    def look(self) -> bool:
        """See how it is now; whether anything has changed."""
        standing, new = self.rival.standing, self._log.look()
        if not new and standing is self.seen.standing:
            return False
        record = self._log.record
        self.seen = self.seen._replace(
            standing=standing,
            curve=_curve(record, self.seen.label) or self.seen.curve,
            settings=record.settings,
            weights=record.weights,
            rate=record.rate,
            speed=record.speed,
            sample=record.sample,
        )
        return True


def _curve(record: LogRecord, label: str) -> PastRun | None:
    try:
        return replace(of_log(record, label, MOST_POINTS), trains=True)
    except PastRunError:
        return None


class Beside:
    """Follows the logs of runs to `compare` with, and rivals of `run`, which was begun with `options`.

    Without these there are no rivals. `cores` says where a rival that is started now is to run.
    """

    def __init__(
        self,
        compare: Sequence[PastRun] = (),
        options: argparse.Namespace | None = None,
        run: Run | None = None,
        *,
        most: int = MOST_RIVALS,
        cores: Callable[[], Cores] = lambda: ([], []),
    ) -> None:
        self.notify: Callable[[], None] = lambda: None  # called in another thread when a rival stands otherwise
        self.most = most
        self._compare = tuple(compare)
        self._options, self._run, self._cores = options, run, cores
        self._rivals: tuple[_Followed, ...] = ()
        self._left: tuple[_Followed, ...] = ()  # ended, and no longer shown
        self._started, self._held = 0, False
        self._lock = threading.Lock()
        self.around = Around(self._compare)  # replaced whole where something has changed
        self._follower = Follower(self.look, EVERY)

    # What is beside

    def look(self) -> None:
        """See what has become of all logs."""
        with self._lock:
            compare = tuple(past.look() if past.look else past for past in self._compare)
            new = any(now is not before for now, before in zip(compare, self._compare, strict=True))
            changed = [one.look() for one in self._rivals]
            self._compare = compare
            if new or any(changed):
                self._show()

    def _show(self) -> None:
        rivals = tuple(one.seen for one in self._rivals)
        self.around = Around((*self._compare, *(seen.curve for seen in rivals if seen.curve)), rivals)

    def begin(self) -> None:
        """Follow from now on, if there is anything that may grow."""
        if any(past.look for past in self._compare):
            self._follower.start()

    # Rivals

    def problem(self, text: str) -> str:
        """Why there can't be a rival with these options, or ""."""
        try:
            self._checked(text)
        except RivalError as error:
            return str(error)
        return ""

    def full(self) -> str:
        """Why there can't be one more rival, whatever its options, or ""."""
        if self._options is None or self._run is None:
            return "This run can have no rivals."
        if sum(one.runs for one in self._rivals) < self.most:
            return ""
        why = "as many as can be are running" if self.most else "the chart has no room for one more run"
        return f"There can be no more rivals: {why}."

    def _checked(self, text: str) -> argparse.Namespace:
        if self.full() or self._options is None or self._run is None:
            raise RivalError(self.full())
        return rival_options(text, self._options, self._run)

    def start(self, text: str) -> None:
        """Start a rival with these options. Raises RivalError."""
        options = self._checked(text)
        assert self._run is not None
        self._started += 1
        label = "rival" if self._started == 1 else f"rival {self._started}"
        prepare = partial(self._write_down, options, self._run)
        followed = _Followed(label, text.strip(), Rival(prepare, self._stands), saved=not options.no_save)
        with self._lock:
            if len(self._rivals) >= self.most:
                gone = next(one for one in self._rivals if not one.runs)
                self._left += (gone,)
                self._rivals = tuple(one for one in self._rivals if one is not gone)
            self._rivals += (followed,)
            self._show()
        self._follower.start()

    def _write_down(self, options: argparse.Namespace, run: Run, folder: Path) -> None:
        write_down(options, run, folder, self._cores(), held=self._held)

    def _stands(self) -> None:
        self.look()
        self.notify()

    def hold(self) -> None:
        """Have all of them pause, also those that are started before they go on."""
        self._held = True
        for one in self._rivals:
            one.rival.hold()

    def go_on(self) -> None:
        """Let all of them go on."""
        self._held = False
        for one in self._rivals:
            one.rival.go_on()

    def suspend(self) -> None:
        """Have them stand still while the program does."""
        for one in self._rivals:
            one.rival.hold()

    def resume(self) -> None:
        """And go on, unless they were held before."""
        if not self._held:
            self.go_on()

    def dismiss(self) -> str:
        """Have the newest rival end; what it is called, or "" where none is running."""
        running = [one for one in self._rivals if one.runs]
        if not running:
            return ""
        running[-1].rival.end()
        return running[-1].seen.label

    def end(self) -> None:
        """Have all of them end, and look no more; without waiting."""
        self._follower.stop()
        for one in self._rivals:
            one.rival.end()

    def wait(self, patience: float) -> list[str]:
        """Wait until they have ended; what there is to say of them, a line each."""
        lines = []
        for one in (*self._left, *self._rivals):
            ended = one.rival.wait(patience)
            standing, name = one.rival.standing, f"{one.seen.label} ({one.seen.options})".replace(" ()", "")
            lines += [f"{name}: {line}" for line in standing.said]
            if standing.problem:
                lines.append(f"{name}: {standing.problem}")
            if not ended:
                saved = "" if one.saved else "; charrnn runs lists it once it is saved"
                lines.append(f"{name}: it is still at its last step{saved}")
            with self._lock:
                one.rival.tidy()
        return lines
