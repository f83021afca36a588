"""What every panel and key means, on a screen of its own."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Markdown, Static

START = """\
# What am I seeing?

A recurrent network reads a text one character at a time and guesses the next one. After each window of T
characters its weights move a little towards better guesses. That is one step. H is how many units its memory has.

**Status.** *step* counts windows, *epoch* passes through the text; the time is that spent training. *rate* is the
learning rate: how far the weights move (Adagrad, the first choice, makes it smaller for weights that have moved much).
Losses are in bits per character: the mean of −log2 of the probabilities given to the targets. *this window* is what
the last one cost, *smooth* a running mean (0.999 old, 0.001 new). It starts at even guessing and needs some thousand
steps to catch up; 0 would be knowing the text by heart.
"""

START_OF_EXAMPLES = """\
# What am I seeing?

A recurrent network reads examples, each from an empty memory: a text and says its label, a picture and describes it, a
text and translates it. After each batch of them its weights move a little towards what should have been said. That is
one step. H is how many units its memory has. A part of the examples is never trained on: those are asked about.

**Status.** *step* counts batches, *epoch* passes through the examples; the time is that spent training. *rate* is the
learning rate: how far the weights move. Losses are in bits for each character that is written, or for each decision of
a label: the mean of −log2 of the probabilities given to what is right. Of labels what is said before a text's end
counts too, a little (`--early-weight`), so that their loss is never nothing. *this batch* is what the last one cost,
*smooth* a running mean of them, which lags behind while the loss falls.

*Window* and *Memory* are of texts: nothing goes on from example to example. *Sample* is Answers here. There is no
*Lab*: an answer is always what is likeliest, so there is no temperature to try.
"""

GLYPHS = """\
Shown in place of what can't be shown: ↵ line end, · space (in the window), → tab, ␣ other spaces, ␛ escape,
␍ carriage return, ∅ characters without width, ◌ carries a combining mark, � no agreed picture.
Vowel signs of Indic scripts are shown as letters; so are the parts of Hangul syllables where they are counted.
"""


# What has no line of its own among the program's keys: where it comes from depends on the panel you are in.
MORE_KEYS = (
    ("m l x v z Z", "The chart's unit, its axes, its last part, how much of it, from anywhere"),
    ("1 to 9", "Open a panel, or close it; 0 the four panels of the start"),
    ("i", "Of examples: type or paint something of your own, and see what the network says"),
    ("e", "Of examples: only those that come out wrong, or all again"),
    ("a", "Of translations: begin again with attention, or without it"),
    ("Ctrl+N", "A new run: another text, task or network, in a form; the run so far is saved and left"),
    ("w", "Write the chart's numbers as CSV and the screen as SVG, into the folder the program was started in"),
    ("Ctrl+L", "Lessons: experiments, guided step by step; choose one, skip a step, leave it, or go on with the next"),
    ("Ctrl+R", "Record what the screen shows as an asciinema cast, into that folder too; Ctrl+R ends it"),
    ("Tab", "Go to the next panel"),
    ("?", "In a panel: what it shows"),
    ("F", "Present the panel you are in: the whole screen, large, in the strongest contrast; F or Esc back"),
    ("Enter", "Enlarge the panel you are in; Enter or Esc back"),
    ("Ctrl+P", "All commands, themes among them"),
    ("Ctrl+Z", "Suspend the program; fg in the shell brings it back"),
    ("q Ctrl+C", "Quit (here, q only closes this page)"),
)


def help_text(texts: Mapping[str, str], panel: str = "", *, start: str = START) -> str:
    """What is said of each panel, of that one first."""
    panels = dict(texts)
    asked = [panels.pop(panel), "---"] if panel in panels else []
    return "\n\n".join([*asked, start, *panels.values(), GLYPHS])


def key_table(keys: Sequence[tuple[str, str]]) -> Table:
    """The keys and what they do, in two columns. One widget draws it: a list of Markdown's would be two hundred."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", max_width=14)
    table.add_column()
    for names, meaning in (*keys, *MORE_KEYS):
        table.add_row(Text(names), Text(meaning))
    return table


class HelpScreen(ModalScreen[None]):
    """Training goes on below it. `texts` are what is said of each panel, by name; that of `panel` comes first."""

    AUTO_FOCUS = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter,space,q", "dismiss", "Close", key_display="esc"),
    ]

    def __init__(
        self, texts: Mapping[str, str], keys: Sequence[tuple[str, str]], panel: str = "", *, start: str = START
    ) -> None:
        super().__init__()
        self._text = help_text(texts, panel, start=start)
        self._keys = key_table(keys)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Markdown(self._text, open_links=False)
            yield Markdown("# Keys", open_links=False)
            yield Static(self._keys, id="keys")
        yield Footer(show_command_palette=False)
