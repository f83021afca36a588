"""What the open views show, worked out by the trainer's thread as plain data; closed views cost nothing.

It knows how often that is worth doing, and nothing of how it is drawn.
"""

import time
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from ..training.journal import Sample
from ..training.run import Run
from .error_flow import ErrorFlow, look_back
from .lab import LabView, draw_lab
from .reading import Reading, read_again, read_window
from .tracking import Tracking, track

View = Literal["xray", "neurons", "error", "one_step", "lab"]
VIEWS: tuple[View, ...] = get_args(View)

PACE = 0.4  # seconds from one look inside to the next; a view stands for half a second
SHARE = 0.1  # of the time may go into looking, where a network is so large that it takes long
TRACK_EVERY = 2.0  # seconds; what a unit follows changes slowly
DRAW_EVERY = 1.5  # seconds; texts have to be read
MOST_POINTS = 400


@dataclass(frozen=True)
class Wanted:
    """The views that are open, and the text that the lab's samples begin with."""

    views: frozenset[str] = frozenset()
    prime: str = ""


class ErrorPoint(NamedTuple):
    """An ErrorFlow in five numbers, for looking back over the run.

    `reach` is the share of the last character's error that is felt at the window's start; `ratios` and `rates` are
    by matrix, as `matrices` names them.
    """

    step: int
    reach: float
    clipped: float
    saturated: float
    ratios: tuple[float, ...]
    rates: tuple[float, ...]
    matrices: tuple[str, ...]


class Insight(NamedTuple):
    """The inside of the network after `step` steps; what no open view needs is None.

    `window` is the last step's, with `loss`, `rate` (0 where it changed nothing) and the smooth losses before and
    after it, nats per window; it starts at `position` in the text. `sample` is the newest one, read again.
    """

    step: int
    text: str  # the window's inputs
    position: int
    fresh: bool
    loss: float
    rate: float
    smooth_before: float
    smooth: float
    window: Reading | None = None
    sample: Reading | None = None
    sample_step: int = 0
    tracking: Tracking | None = None
    error_flow: ErrorFlow | None = None
    error_points: tuple[ErrorPoint, ...] = ()
    lab: LabView | None = None


class Observer:
    """Looks into a run for the views that are open. Only the thread that trains may call it."""

    def __init__(self) -> None:
        self.wanted = Wanted()
        self._seen: Insight | None = None
        self._seen_at = self._tracked_at = self._drawn_at = float("-inf")
        self.pace = PACE  # where training is slowed down to be watched, 0
        self._wait = 0.0
        self._points: list[ErrorPoint] = []
        self._point_stride = 1  # steps between kept points, at least

    def look(self, run: Run, *, at_once: bool) -> Insight | None:
        """What the open views show; where it isn't `at_once`, it may be what they showed a moment ago."""
        if not self.wanted.views:
            self._seen = None
            return None
        start = time.perf_counter()
        if self._seen is None or at_once or start - self._seen_at >= max(self.pace, self._wait):
            self._seen = self._look(run, start, at_once)
            self._seen_at = time.perf_counter()
            self._wait = (self._seen_at - start) / SHARE
        return self._seen

    def _look(self, run: Run, now: float, at_once: bool) -> Insight:
        session, views, seen = run.session, self.wanted.views, self._seen
        window = session.last_window
        flow = look_back(session) if views & {"error", "one_step"} else None
        if "error" in views and flow:
            self._remember(flow)
        sample = run.journal.samples[-1] if run.journal.samples else None
        return Insight(
            step=session.step_count,
            text=session.corpus.vocabulary.decode(window.inputs) if window else "",
            position=session.position - session.seq_length if window else 0,
            fresh=bool(window and window.fresh),
            loss=run.loss if window and run.loss is not None else float("nan"),
            rate=session.last_rate,
            smooth_before=session.last_smooth,
            smooth=session.smooth_loss,
            window=read_window(session) if views & {"xray", "neurons", "one_step"} else None,
            sample=self._sample(run, sample) if views & {"xray", "neurons"} else None,
            sample_step=sample.step if sample else 0,
            tracking=self._track(run, seen, now, at_once) if "neurons" in views else None,
            error_flow=flow,
            error_points=tuple(self._points) if "error" in views else (),
            lab=self._draw(run, seen, now, at_once) if "lab" in views else None,
        )

    def _sample(self, run: Run, sample: Sample | None) -> Reading | None:
        session = run.session
        if sample is None or len(sample.text) < 2:
            return None
        return read_again(session.model, session.corpus.vocabulary, sample.text)

    def _track(self, run: Run, seen: Insight | None, now: float, at_once: bool) -> Tracking:
        if (
            seen
            and seen.tracking
            and (seen.step == run.session.step_count or (not at_once and now - self._tracked_at < TRACK_EVERY))
        ):
            return seen.tracking
        self._tracked_at = now
        return track(run.session)

    def _draw(self, run: Run, seen: Insight | None, now: float, at_once: bool) -> LabView:
        if seen and seen.lab and not at_once and now - self._drawn_at < DRAW_EVERY:
            return seen.lab
        self._drawn_at = now
        return draw_lab(run.session, self.wanted.prime)

    def _remember(self, flow: ErrorFlow) -> None:
        """Keep a point for the curves; where there are too many, every second one."""
        points = self._points
        while points and points[-1].step >= flow.step:  # the run has gone back, or it is the same step
            points.pop()
        if points and flow.step - points[-1].step < self._point_stride:
            return
        reach = float(flow.error_of_last[0] / flow.error_of_last[-1]) if flow.error_of_last[-1] else float("nan")
        names, ratios, rates = zip(*((m.name, m.ratio, m.effective_rate) for m in flow.matrices), strict=True)
        points.append(ErrorPoint(flow.step, reach, flow.clipped, flow.saturated, ratios, rates, names))
        if len(points) > MOST_POINTS:
            del points[1::2]
            self._point_stride = max(1, 2 * self._point_stride, (points[-1].step - points[0].step) // MOST_POINTS)
