"""What has happened, in sentences: the newest or what lasts beside the status's numbers, and saves in a corner."""

import math
from typing import NamedTuple

from textual.notifications import SeverityLevel

from charrnn.core.files.saver import Saver, SaveReport
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.training.marks import MARKS

HOLD = 5.0  # seconds
UNDO_HINT = " · u: undo"


class Said(NamedTuple):
    """A sentence in a corner of the screen, for so many seconds; None is as long as usual."""

    text: str
    severity: SeverityLevel = "information"
    seconds: float | None = None


class SaveNews:
    """Follows a saver: says where a save went that was asked for, or that one failed, once for each reason."""

    def __init__(self) -> None:
        self._seen = SaveReport()

    @property
    def problem(self) -> str:
        """Why nothing can be saved, or ""."""
        return self._seen.problem

    def look(self, saver: Saver) -> Said | None:
        """What there is to say since the last look."""
        before, report = self._seen, saver.report
        self._seen = report
        if saver.place.warning and not saver.warned:
            saver.warned = True
            return Said(f"{saver.place.warning[0].upper()}{saver.place.warning[1:]}.", severity="warning", seconds=10)
        if report.number == before.number:
            return None
        if report.problem:
            news = report.asked or report.problem != before.problem
            return Said(saver.sentence, severity="warning") if news else None
        return Said(saver.sentence, seconds=4) if report.asked or before.problem else None


class News:
    """Follows the snapshots; `message` is the sentence to show now, or ""."""

    def __init__(self) -> None:
        self._mark_seen = -1
        self._note_seen = ""
        self._text, self.until = "", 0.0

    def message(self, snapshot: Snapshot, now: float, save_problem: str = "") -> str:
        """`now` is a clock in seconds; `save_problem` says why nothing can be saved."""
        return self._newest(snapshot, now) or self._lasting(snapshot, save_problem)

    def _newest(self, snapshot: Snapshot, now: float) -> str:
        new = [m for m in snapshot.marks if not MARKS[m.kind].silent and m.number > self._mark_seen]
        if new:
            self._mark_seen = new[-1].number
        answer = snapshot.note if snapshot.note != self._note_seen else ""
        undoable = bool(new) and MARKS[new[-1].kind].undoable and not snapshot.replay
        text = answer or (new[-1].text + (UNDO_HINT if undoable else "") if new else "")
        if self._text == self._note_seen:  # it is answered, or no longer so
            self.until = min(self.until, now if snapshot.note != self._note_seen else math.inf)
        self._note_seen = snapshot.note
        if text:
            self._text, self.until = text, now + HOLD
        return self._text if now < self.until else ""

    def _lasting(self, snapshot: Snapshot, save_problem: str) -> str:
        if snapshot.trouble:
            return f"{snapshot.trouble} · b: back at half the rate"
        if snapshot.replay:
            return snapshot.replay
        if snapshot.log_problem:
            return f"{snapshot.log_called} has ended: {snapshot.log_problem}"
        return f"not saved: {save_problem}" if save_problem else ""
