"""The title: which text, and which network."""

from rich.cells import cell_len

from charrnn.core.text.visible import counted, readable

from ..drawing.rows import Row, fitted, row_width
from ..drawing.rows_widget import RowsWidget


class TitleBar(RowsWidget):
    """The corpus on the left, the network on the right; in a narrow terminal the name is cut first."""

    def __init__(self, name: str, characters: int, symbols: int, network: str) -> None:
        super().__init__(id="title")
        self._shown = readable(name)
        symbol_count = f"{counted(symbols, 'symbol')}"
        self._sizes = (
            f" · {counted(characters, 'character')}, {symbol_count}",
            f" · {counted(characters, 'char')}, {symbol_count}",
        )
        self._network = f"   {network}"

    def draw(self, width: int, height: int) -> list[Row]:
        long, short = self._sizes
        width -= 2
        for start, sizes in (("charrnn  ", long), ("", long), ("", short)):
            room = width - cell_len(start + sizes + self._network)
            if room >= cell_len(self._shown):
                break
        name = fitted(self._shown, max(room, 4))
        left: Row = [(" " + start, "strong"), (name + sizes, "plain")]
        gap = " " * (width + 1 - row_width(left) - cell_len(self._network))
        return [[*left, (gap, "plain"), (self._network, "label")]]
