"""What a panel is: a part of the screen with a name and a help text, that says what it needs and is shown scenes.

The names are class attributes, so that bar, help and keys know a panel before there is one. What panels draw is in
`rows` beside each as pure functions; the panels only hold the newest data.
"""

import math
from typing import ClassVar

import numpy as np
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from charrnn.core.insight.wanted import Insight, Wanted

from ..drawing.rows import Row, heading_row, inset, wrapped
from ..drawing.rows_widget import RowsWidget
from .scene import Scene, Told

HOLD = 0.5  # seconds that what changes with every step stays, so that it can be read
FOLLOWED = 5  # steps a second, up to which each step is shown: nobody follows more, and it would be sent in vain
TOLD_NOW = " ◀ told now "
EARLY = 0.05  # seconds; scenes come every tenth of a second, but not on the dot

SAID = 4.0  # seconds
ONE_LAYER = "This network has one layer: L has no other to show."

ENLARGE = Binding("enter", "app.enlarge", "Full", tooltip="Give this panel all the room")
REDUCE = Binding("enter", "app.reduce", "Back", show=False, tooltip="Give the room back")


class Panel(Widget):
    """A part of the screen. One way in: `show`, from which a panel takes its part in `pick`.

    `title` is its first row's, and the bar's unless that has a name of its own; `short` is for a narrow bar. `needs`
    are the data that the engine has to work out while it is open, some of `core.insight.wanted.NEEDS`.

    It stands last among a panel's bases: Textual takes styles and keys from the first one only.
    """

    name: str = ""  # the panel's id, too
    title: str = ""
    in_bar: ClassVar[str] = ""
    short: ClassVar[str] = ""
    help: ClassVar[str] = ""
    needs: ClassVar[frozenset[str]] = frozenset()
    likes: ClassVar[frozenset[str]] = frozenset()  # what it shows as well, once that is worked out
    first: ClassVar[bool] = False  # whether it is open at the start; such a panel needs a place in every arrangement
    everywhere: ClassVar[tuple[str, ...]] = ()  # its keys that mean the same in every other panel
    letter: ClassVar[str] = ""  # the key that opens it, whatever its number
    numbered: ClassVar[bool] = True  # whether a number may open it
    quiet: ClassVar[bool] = False  # the bar doesn't name it before there is something to show
    hold: ClassVar[float] = 0.0  # seconds that a scene stays where steps are too fast to be followed

    takes_characters: ClassVar[bool] = False  # somebody types in it: no character is a key there
    follows: ClassVar[bool] = True  # whether it shows each step of those that can be followed
    lit = False  # what is told of a step is about this panel
    presented = False  # it has the whole screen, for people who sit far away
    _shown_at = -math.inf

    class WantsChanged(Message):
        """A panel on screen wants something else than before."""

    def show(self, scene: Scene) -> None:
        """Show what there is now, unless what is needed isn't there yet, or what is on screen has to stay a little."""
        self.light(self.name in scene.told.panels)
        if self.needs and not (scene.insight and self.needs <= scene.insight.needs):
            return
        followed = self.follows and scene.snapshot.speed is not None and scene.snapshot.speed <= FOLLOWED
        held = not (scene.at_once or scene.paused or followed)
        if self.hold and held and scene.now - self._shown_at < self.hold * scene.patience - EARLY:
            return
        self._shown_at = scene.now
        self.pick(scene)

    def pick(self, scene: Scene) -> None:
        """Take over what this panel shows."""
        raise NotImplementedError

    def light(self, lit: bool) -> None:
        """Say that what is being told is about this panel, or no longer."""
        self.lit = lit

    def told(self, insight: Insight | None) -> Told:
        """What this panel tells the others of the last step, if it does."""
        return Told()

    def headline(self, scene: Scene) -> tuple[str, str]:
        """What stands above it in large letters while it is presented, and a word below; "" for nothing."""
        return self.title, ""

    @property
    def wanted(self) -> Wanted:
        """What the engine has to work out for it."""
        return Wanted(self.needs | self.likes)

    @classmethod
    def action_of(cls, key: str) -> str:
        """What a key of its own does, or "" where it has none."""
        kinds = (kind for kind in cls.__mro__ if issubclass(kind, Panel))
        own = (one for kind in kinds for one in kind.__dict__.get("BINDINGS", ()) if isinstance(one, Binding))
        return next((binding.action for binding in own if key in binding.key.split(",")), "")

    def back_out(self) -> bool:
        """Leave what Esc leaves in this panel, wherever the focus is; whether there was anything."""
        return False

    @property
    def focused_part(self) -> Widget:
        """What gets the focus when somebody goes to this panel."""
        return self


class RowsPanel(RowsWidget, Panel, can_focus=True):
    """A panel made of rows, reached by Tab and enlarged by Enter.

    The title is a row like any other: as a border's title it would repaint the whole panel when it changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [ENLARGE, REDUCE]
    EMPTY: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__(id=self.name)
        self.insight: Insight | None = None
        self.subtitle: Row = []
        self._in_focus = False

    def pick(self, scene: Scene) -> None:
        """Take over what was seen of the inside; most panels show nothing else."""
        if scene.insight is not self.insight:
            self.insight = scene.insight
            self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        with np.errstate(all="ignore"):  # a run that has diverged is drawn too; a warning would go over the screen
            body = self.draw_data(width - 2, height - 1) or wrapped(self.EMPTY, width - 2)
        lit: Row = [(TOLD_NOW, "attention")] if self.lit else []
        title = [(self.title, "strong"), *lit, *self.subtitle]
        return [heading_row(title, width, focused=self._in_focus), *inset(body)]

    def draw_data(self, width: int, height: int) -> list[Row]:
        """Rows for the data, or none while there is no data."""
        raise NotImplementedError

    def light(self, lit: bool) -> None:
        if lit != self.lit:
            self.lit = lit
            self.redraw()

    def say(self, sentence: str) -> None:
        """Say something in a corner of the screen, as why a key does nothing."""
        self.notify(sentence, markup=False, timeout=SAID)

    def on_focus(self) -> None:
        self._in_focus = True  # Textual's own flag is set after this
        self.redraw()

    def on_blur(self) -> None:
        self._in_focus = False
        self.redraw()
