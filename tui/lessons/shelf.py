"""The lessons that come with the program, in the order in which they are offered, and those that a name stands for."""

from collections.abc import Collection, Mapping
from importlib.resources import as_file, files

from charrnn.core.text.visible import readable

from .lesson import Lesson
from .reader import LessonError, read_lesson
from .rows import Place

NAMES = ("begin", "chart", "x-ray", "one-step", "temperature", "too-high", "clock", "error", "units", "typing")
ENDING = ".toml"


class Shelf:
    """`panels` are the names of the panels that there are, by task: lessons speak of them."""

    def __init__(self, panels: Mapping[str, Collection[str]]) -> None:
        self._panels = panels
        self._read: dict[str, Lesson] = {}

    def __getitem__(self, name: str) -> Lesson:
        """One of `NAMES`."""
        if name not in self._read:
            with as_file(files(__package__).joinpath(name + ENDING)) as path:
                self._read[name] = read_lesson(path, self._panels)
        return self._read[name]

    @property
    def all(self) -> list[Lesson]:
        """Those that come with the program."""
        return [self[name] for name in NAMES]

    def named(self, name: str) -> Lesson:
        """One of the program's own, or that in a file. Raises LessonError."""
        if name in NAMES:
            return self[name]
        if "/" not in name and not name.endswith(ENDING):
            raise LessonError(f"there is no lesson “{readable(name)}”: name a TOML file, or one of {', '.join(NAMES)}")
        return read_lesson(name, self._panels)

    def next_after(self, lesson: Lesson) -> Lesson | None:
        """The one that is offered after it."""
        number = self._number(lesson)
        return self[NAMES[number]] if 0 < number < len(NAMES) else None

    def place_of(self, lesson: Lesson) -> Place:
        """Where it stands among those that come with the program."""
        number, after = self._number(lesson), self.next_after(lesson)
        words = f"Lesson {number} of {len(NAMES)}" if number else "Lesson"
        return Place(words, after.title if after else "")

    def _number(self, lesson: Lesson) -> int:
        """From 1; 0 where it is somebody else's."""
        return NAMES.index(lesson.name) + 1 if self._read.get(lesson.name) is lesson else 0
