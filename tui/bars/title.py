"""The title: which text, and which network."""

from rich.cells import cell_len

from charrnn.core.settings import OPTIMIZER_NAMES, Settings
from charrnn.core.text.visible import counted, readable

from ..drawing.rows import Row, fitted, row_width
from ..drawing.rows_widget import RowsWidget

FEWEST = 4  # cells of the name


class TitleBar(RowsWidget):
    """The corpus on the left, the network on the right; in a narrow terminal the name is cut first.

    `settings` are those of the run: what differs from the classic network is named.
    """

    def __init__(self, name: str, characters: int, symbols: int, settings: Settings) -> None:
        super().__init__(id="title")
        self._shown = readable(name)
        symbol_count = f"{counted(symbols, 'symbol')}"
        self._sizes = (
            f" · {counted(characters, 'character')}, {symbol_count}",
            f" · {counted(characters, 'char')}, {symbol_count}",
            f" · {counted(characters, 'char')}",
        )
        short = [*settings.sizes, *_optimizer(settings)]
        forms = (long_words(settings), [*short, f"seed {settings.seed}"], short, settings.sizes)
        self._networks = tuple("   " + " · ".join(parts) for parts in forms)

    def draw(self, width: int, height: int) -> list[Row]:
        long, short, shortest = self._sizes
        width -= 2
        with_seed, unseeded, fewest = self._networks[:2], self._networks[2:3], self._networks[3:]
        for start, sizes, networks in (
            *(("charrnn  ", long, with_seed), ("", long, with_seed), ("", short, with_seed)),
            *(("", short, unseeded), ("", shortest, unseeded), ("", shortest, fewest), ("", "", fewest)),
        ):
            network = next((n for n in networks if cell_len(start + self._shown + sizes + n) <= width), networks[-1])
            room = width - cell_len(start + sizes + network)
            if room >= cell_len(self._shown):
                break
        name = fitted(self._shown, max(room, FEWEST))
        left: Row = [(" " + start, "strong"), (name + sizes, "plain")]
        gap = " " * (width + 1 - row_width(left) - cell_len(network))
        return [[*left, (gap, "plain"), (network, "label")]]


def long_words(s: Settings) -> list[str]:
    """The network in words."""
    units = counted(s.hidden_size, "unit" if s.cell == "rnn" else f"{s.cell.upper()} unit")
    return [
        units if s.layers == 1 else f"{s.layers} layers of {units}",
        f"{counted(s.seq_length, 'character')} a window",
        *([f"{s.streams:,} streams"] if s.streams > 1 else []),
        *_optimizer(s),
        f"seed {s.seed}",
    ]


def _optimizer(s: Settings) -> list[str]:
    return [OPTIMIZER_NAMES[s.optimizer]] if s.optimizer != Settings.optimizer else []
