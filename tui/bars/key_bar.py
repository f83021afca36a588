"""The row of keys below everything: Textual's footer, that names its last keys only where there is room for them."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widgets import Footer, Label


class KeyBar(Footer):
    """`last` are what the keys do that a narrow terminal has no room for, and the name of their group."""

    def __init__(self, last: Iterable[str]) -> None:
        super().__init__()
        self._last = frozenset(last)

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            name = str(widget.render()) if isinstance(widget, Label) else widget.tooltip
            widget.set_class(name in self._last, "-last")
            yield widget
