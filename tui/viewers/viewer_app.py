"""The app of somebody who looks at another person's run: panels, cursors and texts of their own, and no way to steer.

What the run is, is in the title; keys that would change it say who steers. Whatever else the app can do, it does with
a copy of the run.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from charrnn.core.live.shared.follower import STEERED, Follower

from ..app import CharRNNApp
from ..bars.title import TitleBar, sizes_of
from ..layout.panel_area import PanelArea
from ..panels.one_step.panel import OneStepPanel
from ..panels.rivals.panel import RivalsPanel
from ..reach import BROWSER

OF_THE_TEACHER = frozenset({"go_on", "pause_first", "other_way", "new_run", "rival", "dismiss", "lessons"})
OF_A_TERMINAL = frozenset({"record", "suspend_process"})  # nobody sits at the machine that this runs on
OWN = ("Theme", "Quit", "Help", "Write")  # how commands of the palette begin that a viewer has, beside the panels
FPS = 4  # looks in a second; what is looked at changes twice in one
NO_STEP = "A step is told in a pause: the teacher trains now."
NEXT_STEP = "The teacher makes the next step; then it is told."


def own(binding: Binding) -> Binding:
    """The binding, or one that says who steers."""
    action = binding.action.partition("(")[0]
    if action == "send" or action in OF_THE_TEACHER | OF_A_TERMINAL or "rivals" in binding.action:
        does = "not_here" if action in OF_A_TERMINAL else "steered"
        return Binding(binding.key, does, binding.description, show=False, priority=binding.priority)
    return binding


class ViewerApp(CharRNNApp, inherit_bindings=False):
    """Shows what a follower follows. `kept`: the panels that were open in the run before, of the same task."""

    CSS_PATH = str(Path(__file__).parents[1] / "app.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [own(b) for b in CharRNNApp.BINDINGS if isinstance(b, Binding)]

    def __init__(self, follower: Follower, *, kept: tuple[str, ...] = (), **options: Any) -> None:
        self.follower = follower
        self.has_left = False  # because the run is shown no more; not by a key, nor by the server

        def trains(_: object, *, notify: Any, **__: object) -> Follower:
            follower.notify = notify
            return follower

        super().__init__(follower.run, trains=trains, fps=FPS, reach=BROWSER, **options)
        self._kept = tuple(name for name in kept if name in self._panels)
        self._at_first = f"You are watching. {STEERED}"
        self.title_bar = TitleBar(f"watching · {self.corpus.name}", sizes_of(self.corpus), self.settings)

    def on_mount(self) -> None:
        """Textual calls that of the app, too."""
        if self._kept:
            self.query_one(PanelArea).opened = self._kept

    @property
    def kept(self) -> tuple[str, ...]:
        """The panels that are open now."""
        return self.panels.opened

    def poll(self, at_once: bool = False) -> None:
        """As in the app; it ends where there is nothing to follow any more."""
        if self.follower.left:
            self.has_left = True
            self.leave(0)
            return
        super().poll(at_once)

    # Keys

    def action_steered(self) -> None:
        """Say who steers."""
        self.tell(STEERED, about="steering")

    action_send = action_steered  # type: ignore[assignment]  # the panels' own keys may ask for it

    def action_not_here(self) -> None:
        """Say why not."""
        self.tell("That is for whoever sits at the machine that this runs on.", about="terminals")

    def action_tell(self, by: int) -> None:
        """To the next phase of the last step, or of the next one when the teacher makes it."""
        snapshot, one_step = self.trainer.look(), self.panel_of(OneStepPanel)
        if snapshot.state == "training":
            self.tell(NO_STEP, about="pauses")
            return
        if not one_step.display:
            self.open_panel(one_step.name)
        waits = one_step.waits_for(snapshot.step + 1)
        if not waits and not one_step.telling and by > 0 and snapshot.step:
            one_step.begin(snapshot.step)
        elif one_step.tell(by, snapshot.step) or waits:
            self.tell(NEXT_STEP, about="pauses")
        self.show_again()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        titles = {panel.title for panel in self._panels.values() if panel.name != RivalsPanel.name}
        for command in super().get_system_commands(screen):
            if command.title in titles or command.title.startswith(OWN):
                yield command
