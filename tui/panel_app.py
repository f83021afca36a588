"""An app made of panels: which are open, which has the focus, and what the help says of them.

It knows nothing of training, and nothing of what panels show.
"""

from collections.abc import Iterable
from functools import partial
from typing import TypeVar

from textual.app import SystemCommand
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from charrnn.core.text.visible import visible

from .bars.headline import Headline, WayOut
from .bars.hints import HintBar
from .bars.panel_names import PanelNames
from .colours.roles import PRESENTING
from .colours.theme import readable_variables
from .drawing.rows_widget import RowsWidget
from .keys import help_lines, not_of_examples
from .layout.panel_area import PanelArea
from .panel_list import TEXT, PanelList
from .panels.one_step.panel import OneStepPanel
from .panels.panel import Panel
from .panels.scene import Scene
from .screens.ask import AskScreen
from .screens.help import START, START_OF_EXAMPLES, HelpScreen
from .screens.main import MainScreen
from .screens.palette import Commands, Palette
from .terminal.keyboards import same_key
from .terminal.telling_app import TellingApp

SomePanel = TypeVar("SomePanel", bound=Panel)


class PanelApp(TellingApp):
    """Opens, closes and enlarges the `panels` of a task.

    `first_run`: name three keys to try. `ascii_only`: draw with nothing else.
    """

    COMMANDS = {lambda: Commands}  # noqa: RUF012, Textual types it so

    def __init__(self, panels: PanelList = TEXT, *, first_run: bool = False, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self.list = panels
        self._panels = {panel.name: panel() for panel in panels.panels}
        for panel in self._panels.values():
            if isinstance(panel, RowsWidget):
                panel.painter.plain = ascii_only
        self.panels = PanelArea(*self._panels.values(), first=panels.first)
        self.bar = PanelNames(panels.names())
        self.hint = HintBar(needed=first_run and panels is TEXT)
        self.headline, self.way_out = Headline(), WayOut()
        self.presented: Panel | None = None  # the one that has the whole screen, large

    def panel(self, name: str) -> Panel:
        """The panel of that name, open or not."""
        return self._panels[name]

    def panel_of(self, kind: type[SomePanel]) -> SomePanel:
        """The panel of that class, open or not."""
        return next(panel for panel in self._panels.values() if isinstance(panel, kind))

    def panels_on_screen(self) -> list[Panel]:
        """Those that are open and have room."""
        return [panel for panel in self._panels.values() if panel.display]

    def open_panel(self, name: str) -> None:
        """Show a panel, and go to it."""
        self.panels.open(name)
        self._go_to(name)

    def _go_to(self, name: str) -> None:
        self.call_after_refresh(self.screen.set_focus, self._panels[name].focused_part)

    def on_panel_area_changed(self) -> None:
        """Say what is on screen; the focus goes where there is something to see."""
        if not self.screen_stack:  # the program is closing
            return
        shown = self.panels.shown
        if self.presented and self.panels.enlarged != self.presented.name:
            self._present(None)
        self.bar.show(shown)
        self.refresh_bindings()
        asked = not isinstance(self.screen, MainScreen)  # what has the focus there keeps it
        if asked or (self.focused is None and not self.panels.is_alone):
            return
        if self._focused_panel() not in shown:
            self.screen.set_focus(None)
            if self.panels.is_alone:
                self._go_to(shown[0])

    def _focused_panel(self) -> str:
        """The name of the panel that has the focus, or ""."""
        around = self.focused.ancestors_with_self if self.focused else []
        return next((panel.name for panel in around if isinstance(panel, Panel)), "")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A panel that has all the room can give it back, the others can take it; who tells a step has to be there."""
        if action == "send" and (isinstance(self.focused, Input) or getattr(self.focused, "takes_characters", False)):
            return False  # its keys are typed
        if action == "try_it" and self.panels.enlarged == self.list.own:
            return False
        of_panels = {"tell": OneStepPanel.name, "try_it": self.list.own}
        if action in of_panels:
            return of_panels[action] in self._panels
        alone = self.panels.enlarged != "" or self.panels.is_alone
        return alone if action == "back" else not alone if action == "enlarge" else True

    def action_numbered(self, key: str) -> None:
        """Open the panel of that number, or close it."""
        if key in self.list.keys:
            self.action_panel(self.list.keys[key])
        else:
            self.tell(f"There is no panel {key}: {len(self.list.keys)} is the last.", about="keys")

    def action_panel(self, name: str) -> None:
        """Open a panel and go to it; close it where it is on screen."""
        self.hint.tick(self.list.key(name))
        if self.panels.enlarged:
            self.panels.enlarge("")
            if name in self.panels.shown:
                self._go_to(name)
                return
        if name not in self.panels.shown:
            self.open_panel(name)
        else:
            self.panels.leave() if self.panels.is_alone else self.panels.close(name)

    def action_try_it(self) -> None:
        """Give all the room to the panel in which one tries something of one's own."""
        self.open_panel(self.list.own)
        self.panels.enlarge(self.list.own)

    def action_restore(self) -> None:
        """The panels of the start."""
        self.panels.restore()
        self.screen.set_focus(None)

    def action_enlarge(self) -> None:
        """Give the focused panel all the room."""
        self.panels.enlarge(self._focused_panel())

    def action_present(self) -> None:
        """Give the focused panel the whole screen, large; the first one where none has the focus; or give it back."""
        if self.presented:
            self.panels.enlarge("")
            return
        name = self._focused_panel() or self.panels.enlarged or self.panels.shown[0]
        self._present(self._panels[name])
        self.panels.enlarge(name)
        self._go_to(name)

    def _present(self, panel: Panel | None) -> None:
        for one in self._panels.values():
            one.presented = one is panel
        self.presented = panel
        self.main_screen.set_class(panel is not None, PRESENTING)

    def show_presented(self, scene: Scene, message: str) -> None:
        """What stands around a panel that is presented."""
        if self.presented:
            text, below = self.presented.headline(scene)
            self.headline.show(text, below, scene.snapshot)
            self.way_out.show(message, scene.snapshot, alone=not text)

    @property
    def main_screen(self) -> Screen[object]:
        """The one below all others."""
        return self.screen_stack[0]

    async def action_back(self) -> None:
        """Back out one layer: an enlarged panel first, then one that stands alone, then the focus, then the hint."""
        if self.panels.enlarged:
            left = self.panels.enlarged
            self.panels.enlarge("")
            if left == self.list.own:
                self.panels.close(self.list.own)
        elif self.panels.is_alone:
            self.panels.leave()
        else:
            self.action_let_go()

    def action_let_go(self) -> None:
        """No panel has the focus any more; where none had it, the hint goes."""
        if self.focused is not None:
            self.screen.set_focus(None)
        elif not any(panel.back_out() for panel in self.panels_on_screen()):
            self.hint.display = False

    async def action_act_on(self, name: str, key: str) -> None:
        """Do what a key does in a panel that hasn't got the focus."""
        panel = self._panels.get(name)
        if panel is None:
            self.tell(f"{key} means something in runs on texts.", about="keys")
        elif panel.display:
            await self.run_action(panel.action_of(key), panel)
        else:
            self.tell(f"{key} is a key of {panel.title}: {self.list.key(name)} opens it.", about="keys")

    def on_key(self, event: Key) -> None:
        """Take a key of another keyboard layout for the one at the same place; say so where a key means nothing."""
        if event.character is None or not event.is_printable:
            return
        if isinstance(self.screen, AskScreen):  # it was pressed right after the key that asks
            self.screen.take(event.character)
            return
        if event.key in self.screen.active_bindings:
            return
        same = same_key(event.character)
        if same in self.screen.active_bindings:
            self.simulate_key(same)
        elif isinstance(self.screen, MainScreen):
            owners = [panel for panel in self._panels.values() if panel.action_of(event.key)]
            owner = next((panel for panel in owners if panel.display), owners[0] if owners else None)
            if owner and owner.display and event.key in owner.everywhere:
                self.call_next(self.run_action, owner.action_of(event.key), owner)
                return
            why = "" if self.list is TEXT else not_of_examples(event.key)
            where = f"{event.character} is a key of {owner.title}: it means something there." if owner else ""
            self.tell(why or where or f"There is no key {visible(event.character)}; ? lists them.", about="keys")

    def action_help(self) -> None:
        """What the focused panel shows first, then everything else."""
        keys, start = help_lines(of_texts=self.list is TEXT), START if self.list is TEXT else START_OF_EXAMPLES
        self.push_screen(HelpScreen(self.list.help_texts(), keys, self._focused_panel(), start=start))

    def action_command_palette(self) -> None:
        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = readable_variables(super().get_css_variables())
        return self.theme_variables

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        own = ("Keys", "Maximize", "Minimize", "Screenshot")  # ours are the help, Enter, and w
        yield from (command for command in super().get_system_commands(screen) if command.title not in own)
        for panel in self.list.panels[len(self.list.keys) :]:
            yield SystemCommand(panel.title, "Open or close this panel", partial(self.action_panel, panel.name))
        yield SystemCommand("Help · ?", "What the panels and keys mean", self.action_help)
