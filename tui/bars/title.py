"""The title: which text, and which network."""

from rich.cells import cell_len

from charrnn.core.text.visible import counted, readable

from ..drawing.rows import Row, fitted, row_width
from ..drawing.rows_widget import RowsWidget


class TitleBar(RowsWidget):
    """The corpus on the left, the network on the right; in a narrow terminal the name is cut first.

    `network` is how many units it has, how many characters a window has, and the seed.
    """

    def __init__(self, name: str, characters: int, symbols: int, network: tuple[int, int, int]) -> None:
        super().__init__(id="title")
        self._shown = readable(name)
        symbol_count = f"{counted(symbols, 'symbol')}"
        self._sizes = (
            f" · {counted(characters, 'character')}, {symbol_count}",
            f" · {counted(characters, 'char')}, {symbol_count}",
        )
        units, window, seed = network
        self._networks = (
            f"   {counted(units, 'unit')} · {counted(window, 'character')} a window · seed {seed}",
            f"   H {units:,} · T {window:,} · seed {seed}",
        )

    def draw(self, width: int, height: int) -> list[Row]:
        long, short = self._sizes
        width -= 2
        for start, sizes in (("charrnn  ", long), ("", long), ("", short)):
            network = next(
                (n for n in self._networks if cell_len(start + self._shown + sizes + n) <= width), self._networks[-1]
            )
            room = width - cell_len(start + sizes + network)
            if room >= cell_len(self._shown):
                break
        name = fitted(self._shown, max(room, 4))
        left: Row = [(" " + start, "strong"), (name + sizes, "plain")]
        gap = " " * (width + 1 - row_width(left) - cell_len(network))
        return [[*left, (gap, "plain"), (network, "label")]]
