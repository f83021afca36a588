"""The part of the screen that panels stand in, and which of them are open. Where they stand is in `arrangement`."""

from typing import ClassVar

from textual.containers import Container
from textual.geometry import Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from .arrangement import arrange


class PanelLayout(Layout):
    """Puts each panel where the area says."""

    name = "panels"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        parent.pre_layout(self)
        places = parent.places(size) if isinstance(parent, PanelArea) else {}
        return [
            WidgetPlacement(places[child.id], Region().offset, Spacing(), child)
            for child in children
            if child.id in places
        ]


class PanelArea(Container):
    """Holds all panels, and shows those that are open and have room; `first` are the names of those of the start."""

    class Changed(Message):
        """Other panels are shown than before."""

    LAYOUT: ClassVar[Layout] = PanelLayout()

    def __init__(self, *panels: Widget, first: tuple[str, ...]) -> None:
        super().__init__(*panels, id="panels")
        self._first = first
        self.opened = first  # the newest last
        self.enlarged = ""
        self._wanted = ""  # the one that was asked for last

    @property
    def layout(self) -> Layout:
        return self.LAYOUT

    def places(self, size: Size) -> dict[str, Region]:
        """The regions of the panels that are shown, by name."""
        if self.enlarged:
            return {self.enlarged: Region(0, 0, size.width, size.height)}
        return arrange(self.opened, self._first, size.width, size.height, self._wanted)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the panels that are on screen."""
        return tuple(self.places(self.size))

    @property
    def is_alone(self) -> bool:
        """Whether the panel that was asked for has all the room because there isn't any for others."""
        return not self.enlarged and len(self.opened) > 1 and self.shown == (self._wanted,)

    def open(self, name: str) -> None:
        """Show a panel; what is open but has no room any more stays open behind it."""
        self._wanted = name
        self._change((*(n for n in self.opened if n != name), name))

    def add(self, name: str) -> None:
        """Show a panel where there is room for it beside the others."""
        if name not in self.opened:
            self._change((*self.opened, name))

    def close(self, name: str) -> None:
        """Close a panel; the last one stays."""
        if self.opened != (name,):
            self._wanted = ""
            self._change(tuple(n for n in self.opened if n != name))

    def leave(self) -> None:
        """Back from a panel that stands alone."""
        if self._wanted in self._first:
            self._wanted = ""
            self._change(self.opened)
        else:
            self.close(self._wanted)

    def restore(self) -> None:
        """The layout that the program begins with."""
        self._wanted = ""
        self._change(self._first)

    def enlarge(self, name: str) -> None:
        """Give one panel all the room, or with "" none."""
        self.enlarged = name
        self._change(self.opened)

    def _change(self, opened: tuple[str, ...]) -> None:
        if self.enlarged and self.enlarged not in opened:
            self.enlarged = ""
        self.opened = opened
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        shown = self.shown
        for panel in self.children:
            panel.display = panel.id in shown
        self.refresh(layout=True)
        self.post_message(self.Changed())
