"""The row of keys below everything: Textual's footer, that names its last keys only where there is room for them.

It is made anew only when there is something else to name, and lets go of the keys that it named before: Textual keeps
every key that a footer has ever had, so that each pause and each move of the focus would cost memory and time.
"""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widgets import Footer, Label


class KeyBar(Footer):
    """`last` are what the keys do that a narrow terminal has no room for, and the name of their group."""

    def __init__(self, last: Iterable[str]) -> None:
        super().__init__()
        self._last = frozenset(last)
        self._named: object = None

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            name = str(widget.render()) if isinstance(widget, Label) else widget.tooltip
            widget.set_class(name in self._last, "-last")
            yield widget

    async def recompose(self) -> None:
        named = [
            (key, one.binding.action, one.binding.description, one.binding.show, one.enabled, one.tooltip)
            for key, one in self.screen.active_bindings.items()
        ]
        if named == self._named:
            return
        self._named = named
        await super().recompose()
        self.mutate_reactive(Footer.compact)  # on this occasion what watches it is looked through
