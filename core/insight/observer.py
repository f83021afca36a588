"""Works out what somebody wants to know of the inside, in the trainer's thread; the rest costs nothing.

It knows how often that is worth doing, and nothing of who shows it or how. What there is to know is in `wanted`.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from ..training.example_session import ExampleSession
from ..training.journal import Sample
from ..training.run import Run
from ..training.thinning import thin
from .asked.alike import MarkedPlace, mark
from .asked.causes import find_causes, find_causes_in
from .asked.typed import TypedReader, Typing
from .clock import NONE, Clock, find_clock
from .error_flow import ErrorFlow, look_back
from .example_insight import look_at_examples
from .fading import FadedWindows
from .lab import LabView, draw_lab
from .neurons.clamp import Clamper
from .neurons.inside import text_inside, window_inside
from .neurons.marker import MarkerReader
from .neurons.tracking import Tracking, track_parts
from .reading import Reading, read_again, read_window
from .wanted import (
    CAUSES,
    CLAMPED,
    CLOCK,
    ERROR_FLOW,
    ERROR_POINTS,
    INSIDE,
    LAB_TEXTS,
    MARKED,
    MARKED_PLACE,
    READING,
    SAMPLE_CAUSES,
    SAMPLE_READING,
    TRACKING,
    TYPED,
    ErrorPoint,
    Insight,
    Wanted,
)

PACE = 0.4  # seconds from one look inside to the next; a picture stands for half a second
SHARE = 0.1  # of the time may go into looking, where a network is so large that it takes long
TRACK_EVERY = 2.0  # seconds; what a unit follows changes slowly
TICK_EVERY = 2.0  # seconds
DRAW_EVERY = 1.5  # seconds; texts have to be read
MOST_POINTS = 400


class Observer:
    """Looks into a run for those who want to know. Only the thread that trains may call it. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._wanted = Wanted()
        self._seen: Insight | None = None
        self._seen_at = self._tracked_at = self._drawn_at = float("-inf")
        self._tracked: tuple[tuple[int, int], dict[str, Tracking]] = ((-1, -1), {})  # at which step, of which layer
        self._ticks, self._ticked_at = NONE, float("-inf")
        self.pace = PACE  # where training is slowed down to be watched, 0
        self._wait = 0.0
        self._points: list[ErrorPoint] = []
        self._point_stride = 1  # steps between kept points, at least
        self._faded = FadedWindows()
        self._typed = TypedReader()
        self._clamper = Clamper()
        self._marker = MarkerReader()
        self._place: MarkedPlace | None = None

    @property
    def wanted(self) -> Wanted:
        """What is wanted. An example that was chosen once stays chosen until somebody chooses another one."""
        return self._wanted

    @wanted.setter
    def wanted(self, wanted: Wanted) -> None:
        self._wanted = replace(wanted, chosen=max(self._wanted.chosen, wanted.chosen, key=lambda c: c.turn))

    def look(self, run: Run, *, at_once: bool) -> Insight | None:
        """What is wanted; where it isn't `at_once`, it may be what was seen a moment ago."""
        if not self.wanted.needs:
            self._seen = None
            return None
        start = self._clock()
        if self._seen is None or at_once or start - self._seen_at >= max(self.pace, self._wait):
            self._seen = self._look(run, start, at_once)
            self._seen_at = self._clock()
            self._wait = (self._seen_at - start) / SHARE
        return self._seen

    def _look(self, run: Run, now: float, at_once: bool) -> Insight:
        if isinstance(run.session, ExampleSession):
            insight = look_at_examples(run, run.session, self.wanted)
            if ERROR_POINTS in self.wanted.needs and insight.error_flow:
                self._remember(insight.error_flow)
            return insight._replace(error_points=tuple(self._points) if ERROR_POINTS in self.wanted.needs else ())
        session, needs, seen = run.session, self.wanted.needs, self._seen
        window, layer = session.last_window, min(self.wanted.layer, session.model.layers - 1)
        flow = look_back(session) if needs & {ERROR_FLOW, ERROR_POINTS} else None
        if ERROR_POINTS in needs and flow:
            self._remember(flow)
            self._faded.add(flow)
        sample = run.journal.samples[-1] if run.journal.samples else None
        return Insight(
            step=session.step_count,
            text=session.corpus.vocabulary.decode(window.first.inputs) if window else "",
            position=session.windows.place if window else 0,
            fresh=bool(window and window.fresh),
            loss=run.loss if window and run.loss is not None else float("nan"),
            rate=session.last_rate,
            smooth_before=session.last_smooth,
            smooth=session.smooth_loss,
            symbols=len(session.corpus.vocabulary),
            optimizer=session.optimizer.NAME,
            clipping=session.optimizer.clipping,
            cell=session.model.cell,
            layers=session.model.layers,
            streams=session.streams,
            window=read_window(session) if READING in needs else None,
            sample=self._sample(run, sample) if SAMPLE_READING in needs else None,
            sample_step=sample.step if sample else 0,
            inside=window_inside(session, layer) if INSIDE in needs else None,
            sample_inside=text_inside(session.model, session.corpus.vocabulary, sample.text, layer)
            if INSIDE in needs and sample and sample.text
            else None,
            tracking=self._track(run, layer, now, at_once) if TRACKING in needs else None,
            error_flow=flow if ERROR_FLOW in needs else None,
            error_points=tuple(self._points) if ERROR_POINTS in needs else (),
            fading=self._faded.view() if ERROR_POINTS in needs else None,
            lab=self._draw(run, seen, now, at_once) if LAB_TEXTS in needs else None,
            causes=find_causes(session) if CAUSES in needs else None,
            sample_causes=find_causes_in(session, sample.text)
            if SAMPLE_CAUSES in needs and sample and len(sample.text) > 1
            else None,
            typed=self._typed.look(session, self.wanted.typing or Typing()) if TYPED in needs else None,
            clamped=self._clamper.look(session, self.wanted.clamp) if CLAMPED in needs and self.wanted.clamp else None,
            marked=self._marker.look(session, self.wanted.marker, layer)
            if MARKED in needs and self.wanted.marker
            else None,
            marked_place=self._mark(run, sample) if MARKED_PLACE in needs else None,
            clock=self._tick(run, now) if CLOCK in needs else NONE,
            needs=needs,
        )

    def _sample(self, run: Run, sample: Sample | None) -> Reading | None:
        session = run.session
        if sample is None or len(sample.text) < 2:
            return None
        return read_again(session.model, session.corpus.vocabulary, sample.text)

    def _mark(self, run: Run, sample: Sample | None) -> MarkedPlace | None:
        """The memory at the place that is asked about, as it was when that was asked for."""
        place = self.wanted.place
        if place and (self._place is None or self._place.place != place):
            self._place = mark(run.session, place, sample.text if sample else "")
        return self._place

    def _track(self, run: Run, layer: int, now: float, at_once: bool) -> dict[str, Tracking]:
        here = run.session.step_count, layer
        then, found = self._tracked
        soon = not at_once and now - self._tracked_at < TRACK_EVERY
        if not found or (then != here and not (soon and then[1] == layer)):
            found = track_parts(run.session, layer)
            self._tracked, self._tracked_at = (here, found), now
        return found

    def _tick(self, run: Run, now: float) -> Clock:
        """It changes slowly, and a key needn't wait for it."""
        if now - self._ticked_at >= TICK_EVERY:
            self._ticks, self._ticked_at = find_clock(run.session.model, run.session.corpus), now
        return self._ticks

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
        if thin(points, MOST_POINTS):
            self._point_stride = max(1, 2 * self._point_stride, (points[-1].step - points[0].step) // MOST_POINTS)
