"""An app on a run that a class may look at in browsers: how many do, and what they open."""

from collections.abc import Iterable

from textual.app import SystemCommand
from textual.screen import Screen

from .bars.news import Said
from .panel_app import PanelApp
from .serving.school import School

LINK_SHOWN = 20  # seconds: it is typed elsewhere


class ClassApp(PanelApp):
    """`school` are those who look; None where nobody can."""

    school: School | None = None

    def show_class(self) -> None:
        """Say for a while how many look, and what they open."""
        if self.school:
            self.say(Said(self.school.words, seconds=LINK_SHOWN))

    def say(self, said: Said | None) -> None:
        """Say something in a corner of the screen."""
        if said:
            self.notify(said.text, severity=said.severity, markup=False, timeout=said.seconds)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        if self.school:
            yield SystemCommand("Class", self.school.words, self.show_class)
