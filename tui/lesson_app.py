"""An app on a run that may be a lesson's: it shows where the lesson stands, and begins another one.

A lesson whose text and options are those of the run begins beside it; another one has a run of its own.
"""

import argparse
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from textual.app import SystemCommand
from textual.screen import Screen

from charrnn.core.cli.opening import Opened, open_run
from charrnn.core.insight.wanted import Wanted
from charrnn.core.live.commands import GoOn, Pause
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.tasks.builtin_examples import BUILT_IN
from charrnn.samples import DEFAULT

from .lessons.column import LessonColumn
from .lessons.course import Course
from .lessons.lesson import Lesson
from .lessons.options import beginning, lesson_options, settings_of
from .lessons.rows import Place
from .lessons.seen import Seen
from .lessons.shelf import Shelf
from .panel_list import LISTS, TEXT, PanelList
from .panels.panel import Panel
from .run_app import RunApp
from .screens.choose import Choice, ChooseScreen
from .screens.following import Following
from .screens.main import MainScreen
from .screens.restart import LESSON, BeginScreen

LESSONS = Shelf({task: tuple(panel.name for panel in panels.panels) for task, panels in LISTS.items()})
WHICH = "Which lesson? Each guides you through an experiment, step by step."
SKIP = Choice("Skip this step", "The next one is offered.")
LEAVE = Choice("Leave the lesson", "The run stays as it is.")


class LessonRun(Following):
    """The run of a lesson, that follows another one; it is opened then."""

    compared = False

    def __call__(self, left: Opened) -> Opened:
        return replace(open_run(self.options), voice=left.voice)


class LessonApp(RunApp):
    """`options` are those of the run on screen, its `lesson` among them, if it has one."""

    def __init__(
        self,
        panels: PanelList = TEXT,
        *,
        options: argparse.Namespace | None = None,
        first_run: bool = False,
        ascii_only: bool = False,
    ) -> None:
        lesson: Lesson | None = getattr(options, "lesson", None)
        super().__init__(panels, first_run=first_run and lesson is None, ascii_only=ascii_only)
        self.options = options or lesson_options([], {})
        self.column = LessonColumn()
        self.column.painter.plain = ascii_only
        self.course: Course | None = None
        self._choosing = bool(getattr(options, "choose_lesson", False))  # nothing is trained until one is chosen
        self._take(Course(lesson) if lesson else None)

    def _take(self, course: Course | None) -> None:
        """Go through a lesson, or through none."""
        self.course = course
        self.column.show(course, LESSONS.place_of(course.lesson) if course else Place())

    def prepare_lesson(self) -> None:
        """Where no lesson was named, ask which, before the first step."""
        if self._choosing:
            self.trainer.send(Pause())
            self.call_after_refresh(self._choose)

    def open_at_start(self) -> None:
        """Look as a person's own settings say: the theme, unless the environment names one, and panels beside a run."""
        theme = getattr(self.options, "theme", None)
        if theme and "TEXTUAL_THEME" not in os.environ:
            self.theme = theme
        for name in (getattr(self.options, "panels", None) or ()) if self.course is None else ():
            if name in self._panels:
                self.open_panel(name)

    @property
    def lesson_wants(self) -> Wanted:
        """What the engine has to work out for the step that is to be done."""
        return Wanted(self.course.needs if self.course else frozenset())

    def look_at_lesson(self, snapshot: Snapshot) -> None:
        """Tick what is seen to be done."""
        course = self.course
        if course is None or not self.screen_stack:  # the program is closing
            return
        if course.look(self.seen_by(course, snapshot)):
            self.post_message(Panel.WantsChanged())
        self.column.redraw()

    def seen_by(self, course: Course, snapshot: Snapshot) -> Seen:
        """What a lesson may ask about, as it is now."""
        marked = course.follow(snapshot)
        shown = tuple(panel.name for panel in self.panels_on_screen())
        where = shown, self._focused_panel(), self.panels.enlarged, self.presented is not None
        return Seen(snapshot, self._panels, *where, course.began or 0, marked)

    # Which one

    def action_lessons(self) -> None:
        """Go on with the next lesson where all steps of this one are done; else ask what to do."""
        if not isinstance(self.screen, MainScreen):
            return
        after = LESSONS.next_after(self.course.lesson) if self.course and self.course.step is None else None
        if after:
            self.begin(after)
        else:
            self._choose()

    def _choose(self) -> None:
        lessons = LESSONS.all
        here = [] if self.course is None or self._choosing else [LEAVE] if self.course.step is None else [SKIP, LEAVE]

        def chosen(number: int | None) -> None:
            self._start_training()
            if number is not None and number >= len(here):
                self.begin(lessons[number - len(here)])
            elif number is not None:
                self.action_skip_step() if here[number] is SKIP else self.action_leave_lesson()

        self.push_screen(ChooseScreen(WHICH, [*here, *(Choice(one.title, one.about) for one in lessons)]), chosen)

    def _start_training(self) -> None:
        """It has waited until a lesson was chosen."""
        if self._choosing:
            self._choosing = False
            self.trainer.send(GoOn())

    def action_skip_step(self) -> None:
        """Go to the next step of the lesson without having done this one."""
        if self.course:
            self.course.skip()
            self.post_message(Panel.WantsChanged())
            self.column.redraw()

    def action_leave_lesson(self) -> None:
        """Take the lesson away; the run stays."""
        self._take(None)
        self.post_message(Panel.WantsChanged())

    def begin(self, lesson: Lesson) -> None:
        """Begin a lesson: beside this run, if it is the right one, else with a run of its own."""
        if self._fits(lesson):
            self._take(Course(lesson))
            self.post_message(Panel.WantsChanged())
        elif not self.trainer.look().step or (self.course and self.trainer.saver):
            self._leave_for(lesson, confirmed=True)
        else:
            kept = "is saved and left" if self.trainer.saver else "isn't saved, and is gone"
            asked = LESSON.format(title=lesson.title, kept=kept)
            self.push_screen(BeginScreen(asked), lambda yes: self._leave_for(lesson, confirmed=bool(yes)))

    def _fits(self, lesson: Lesson) -> bool:
        """Whether it may begin beside this run."""
        its, settings, run = lesson.options, settings_of(lesson.options), self.trainer.look()
        return (
            not (its.corpus or its.steps or its.seconds or its.patience or run.replay)
            and self.corpus.name == (its.builtin or DEFAULT) + BUILT_IN
            and self.settings == settings
            and run.step <= lesson.joins
            and run.learning_rate == settings.learning_rate
        )

    def _leave_for(self, lesson: Lesson, *, confirmed: bool) -> None:
        if confirmed:
            options = beginning(lesson.options, self.options, first=False)
            options.lesson = lesson
            self.followed_by = LessonRun(options)
            self.leave(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        if self.course:
            yield SystemCommand(LEAVE.name, "The run stays as it is", self.action_leave_lesson)
            yield SystemCommand("Skip this step of the lesson", "The next one is offered", self.action_skip_step)
        for lesson in LESSONS.all:
            yield SystemCommand(f"Lesson: {lesson.title}", lesson.about, partial(self.begin, lesson))
