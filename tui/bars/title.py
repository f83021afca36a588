"""The title: which text, and which network."""

from rich.cells import cell_len

from charrnn.core.settings import OPTIMIZER_NAMES, Settings
from charrnn.core.tasks.examples import Examples
from charrnn.core.text.corpus import Corpus
from charrnn.core.text.visible import counted, readable

from ..drawing.rows import Row, fitted, row_width
from ..drawing.rows_widget import RowsWidget

FEWEST = 4  # cells of the name


class TitleBar(RowsWidget):
    """The corpus on the left, the network on the right; in a narrow terminal the name is cut first.

    `settings` are those of the run: what differs from the classic network is named.
    """

    def __init__(self, name: str, sizes: tuple[str, str, str], settings: Settings) -> None:
        """`sizes`: how much there is, in full, shorter, and in a word."""
        super().__init__(id="title")
        self._shown = readable(name)
        self._sizes = tuple(f" · {size}" for size in sizes)
        task = [settings.task] if settings.task != "text" else []
        short = [*task, *settings.sizes, *_optimizer(settings)]
        forms = (long_words(settings), [*short, f"seed {settings.seed}"], short, [*task, *settings.sizes])
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


def text_sizes(characters: int, symbols: int) -> tuple[str, str, str]:
    """How much there is of a text."""
    chars, all_symbols = counted(characters, "char"), counted(symbols, "symbol")
    return f"{counted(characters, 'character')}, {all_symbols}", f"{chars}, {all_symbols}", chars


def sizes_of(corpus: Corpus | Examples) -> tuple[str, str, str]:
    """How much there is of a text, or how many examples."""
    if isinstance(corpus, Corpus):
        return text_sizes(len(corpus), len(corpus.vocabulary))
    return corpus.what, corpus.what, counted(len(corpus), "example")


def long_words(s: Settings) -> list[str]:
    """The network in words."""
    units = counted(s.hidden_size, "unit" if s.cell == "rnn" else f"{s.cell.upper()} unit")
    return [
        *([s.task] if s.task != "text" else []),
        units if s.layers == 1 else f"{s.layers} layers of {units}",
        *_read_at_once(s),
        *_optimizer(s),
        f"seed {s.seed}",
    ]


def _read_at_once(s: Settings) -> list[str]:
    if s.task != "text":
        attention = [f"attention {'on' if s.attention else 'off'}"] if s.task == "translate" else []
        return [*attention, s.sizes[-1]]
    window = f"{counted(s.seq_length, 'character')} a window"
    return [window, *([f"{s.streams:,} streams"] if s.streams > 1 else [])]


def _optimizer(s: Settings) -> list[str]:
    return [OPTIMIZER_NAMES[s.optimizer]] if s.optimizer != Settings.optimizer else []
