"""What every panel and key means, on a screen of its own."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Markdown

from .keys import KEYS

PANELS = """\
# What am I seeing?

A recurrent network reads a text one character at a time and guesses the next one. After each window of T
characters its weights move a little towards better guesses. That is one step. H is how many units its memory has.

**Status.** *step* counts windows, *epoch* passes through the text; the clock counts the time spent training. *lr* is
the learning rate: how far the weights move (Adagrad makes it smaller for weights that have moved much). *loss* is
what the last window cost, in nats: the sum of −ln of the probabilities given to its targets. *smooth* is its
running mean (0.999 old, 0.001 new). It starts at even guessing and needs some thousand steps to catch up. *bits/char*
is the smooth loss for each character: 0 would be knowing the text by heart.

**Loss.** The line is the smooth loss. The grey band runs from the cheapest to the dearest single window
in each column, so no spike is hidden; ▲ means that it goes on above the chart. *Even guessing* is what a network pays
that knows only how many symbols there are; *single letters* what one pays that knows how frequent each is.
▼ a new learning rate, ◆ the memory was reset, ↺ a new epoch (left out when there are too many), ↻ a restart,
↶ somebody went back, ! the loss has climbed to 1.5 times its best, ✕ it is no longer a number. The faint line is
what was given up by going back (`u`, `b`) or starting again (`R`).

**Window.** The inputs stand above their targets: each target is the next input. The stronger a target's shade and the
higher the bar under it, the more probable the network thought it. *next* lists its five best guesses for the last
place; ✓ marks the character that came, if it is among them. In training at full speed a window stays
half a second, so that it can be read; its title says which step it is from. *…20* says that 20 characters before
these have no room.

**Memory.** The hidden state: one bar for each unit, from −1 (empty) over 0 (half) to +1 (full); after a reset
all are half full. Grey units are saturated, nearly −1 or +1: hardly any error flows back through them. Most
units of a trained network are.

**Sample.** What the network writes by itself, drawn before the first step and then every 100 steps, and held long
enough to be read. Earlier samples are below: scroll with the mouse, or Tab to the panel and use the arrows.
Of many, fewer and fewer old ones are kept, but the first always.

Shown in place of what can't be shown: ↵ line end, · space (in the window), → tab, ␣ other spaces, ␛ escape,
␍ carriage return, ∅ characters without width, ◌ carries a combining mark, � no agreed picture.
"""


def help_text() -> str:
    """The panels, then the keys."""
    lines = [PANELS, "# Keys", ""]
    lines += [f"- `{' '.join(_key_names(key.keys))}` {key.meaning}" for key in KEYS]
    lines += [
        "- `Tab` Go to the next panel",
        "- `Enter` Enlarge the panel you are in; `Enter` or `Esc` back",
        "- `Ctrl+P` All commands, themes among them",
        "- `q` `Ctrl+C` Quit (here, `q` only closes this page)",
    ]
    return "\n".join(lines)


def _key_names(keys: str) -> list[str]:
    names = {"full_stop": ".", "plus": "+", "equals_sign": "=", "minus": "-"}
    names |= {"less_than_sign": "<", "greater_than_sign": ">", "ctrl+s": "Ctrl+S"}
    return [names.get(key, key) for key in keys.split(",")]


class HelpScreen(ModalScreen[None]):
    """Training goes on below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter,space,q", "dismiss", "Close", key_display="esc"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Markdown(help_text(), open_links=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#help").focus()
