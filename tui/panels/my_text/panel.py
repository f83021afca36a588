"""Type a text of your own, and see how the network reads it. What it draws is in `rows`, what keys do in `draft`."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste

from charrnn.core.insight.asked.typed import MOST_TYPED, Typed, Typing
from charrnn.core.insight.wanted import TRACKING, TYPED, Wanted
from charrnn.core.text.decoding import read_beginning
from charrnn.core.text.vocabulary import CorpusError, Vocabulary
from charrnn.core.units import bits

from ...drawing.rows import first_fitting
from ...drawing.spots import Drawing, spot_beside
from ...screens.ask import AskScreen
from ..neurons.words import follows
from ..panel import HOLD
from ..pointed import NOTHING, PointedPanel
from ..scene import Scene
from .draft import Draft
from .help import HELP
from .rows import PLACE, draw_my_text, place_at_line

DIGITS = "12345"


class MyTextPanel(PointedPanel, inherit_bindings=False):
    """A text that grows under the fingers. It takes every key that is a character."""

    name, title, short, help = "my_text", "Read my text", "Read", HELP
    in_bar, letter, hold = "Read", "i", HOLD
    takes_characters = True
    needs, likes = frozenset({TYPED}), frozenset({TRACKING})
    EMPTY = "The network reads what you type here, from the next moment on."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take(0)", "Take the first guess", key_display="tab", tooltip="Write what it expects most"),
        *(Binding(f"alt+{key}", f"take({n})", f"Guess {key}", show=False) for n, key in enumerate(DIGITS)),
        Binding("ctrl+o", "read_file", "Read a file", key_display="^o", tooltip="Its first 10,000 characters"),
        Binding("left", "move(-1)", "Back", show=False),
        Binding("right", "move(1)", "On", show=False),
        Binding("up", "line(-1)", "Line above", show=False),
        Binding("down", "line(1)", "Line below", show=False),
        Binding("home,ctrl+a", "edge(False)", "Start of the line", show=False),
        Binding("end,ctrl+e", "edge(True)", "End of the line", show=False),
        Binding("ctrl+home", "move(-99999)", "Start", show=False),
        Binding("ctrl+end", "move(99999)", "End", show=False),
        Binding("backspace", "delete(-1)", "Delete", show=False),
        Binding("delete", "delete(1)", "Delete on", show=False),
        Binding("ctrl+w,ctrl+backspace", "delete_word", "Delete a word", show=False),
        Binding("ctrl+u", "delete_before", "Delete to the start", key_display="^u", tooltip="Delete to the start"),
        Binding("pageup", "unit(-1)", "Unit before", show=False),
        Binding("pagedown", "unit(1)", "Next unit", show=False),
        Binding("f1", "app.help", "Help", key_display="F1", tooltip="What this panel shows"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.draft, self.unit = Draft(), 0
        self._chosen: int | None = None  # in Neurons
        self._typed: Typed | None = None
        self._held_out: float | None = None
        self._vocabulary: Vocabulary | None = None
        self._units = 1

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.needs | self.likes, typing=Typing(*self.draft, self.unit))

    @property
    def cost(self) -> float | None:
        """What a character of it cost, in nats; None where none has been read."""
        return float(self._typed.nats.mean()) if self._typed and self._typed.nats.size else None

    @property
    def keys(self) -> tuple[str, ...]:
        """What takes each of the guesses."""
        typed = self._vocabulary is not None and not set(DIGITS).isdisjoint(self._vocabulary.characters)
        return tuple(f"Alt+{key}" if typed else key for key in DIGITS)

    def pick(self, scene: Scene) -> None:
        self._vocabulary, snapshot = scene.vocabulary, scene.snapshot
        self._held_out = float(bits(snapshot.measured[-1].loss)) if snapshot.measured else None
        self._typed = scene.insight.typed if scene.insight else None
        self._units = len(snapshot.hidden) or 1
        super().pick(scene)
        if scene.unit is not None and scene.unit != self._chosen:
            self._chosen = self.unit = scene.unit
            self.post_message(self.WantsChanged())

    def draw_picture(self, width: int, height: int) -> Drawing:
        insight = self.insight
        if insight is None:
            return NOTHING
        weights = f" · with the weights of step {insight.step:,}"
        told = (f"{weights}, from an empty memory", weights)
        self.subtitle = first_fitting([[(form, "plain")] for form in told], width - len(self.title) - 3)
        words, r = follows(insight.tracking["h"] if insight.tracking else None, self.unit)
        said = f"unit {self.unit}{f', {words}' if words else ''}{f', {r}' if r else ''}"
        return draw_my_text(self.draft, self._typed, said, self._held_out, self.keys, width, height)

    # What is typed

    def change(self, draft: Draft) -> None:
        """Have another text, or another place in it, looked at."""
        if draft != self.draft:
            self.draft = draft
            self.redraw()
            self.post_message(self.WantsChanged())

    def write(self, text: str) -> None:
        """Put it in at the cursor, accents as the network knows them."""
        if self._vocabulary is not None:
            text = self._vocabulary.typed(text)
        if len(self.draft.text) + len(text) > MOST_TYPED:
            self.say(f"No more than {MOST_TYPED:,} characters are read.")
        self.change(self.draft.insert(text, MOST_TYPED))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every character is typed."""
        typed = character is not None and (character.isprintable() or key == "enter")
        return typed and not key.startswith("alt+")

    def on_key(self, event: Key) -> None:
        if not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self.write("\n")
        elif event.character in self.keys:
            self.action_take(self.keys.index(event.character))
        elif event.character:
            self.write(event.character)

    def on_paste(self, event: Paste) -> None:
        event.stop()
        self.write(event.text)

    def action_take(self, place: int) -> None:
        """Write one of the guesses, once they are those for what is typed now."""
        typed = self._typed
        if typed and typed.typing[:2] == self.draft and place < len(typed.guesses):
            self.change(self.draft.insert(typed.guesses[place][0], MOST_TYPED))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Files aren't named by whoever can't reach them: the app knows."""
        return action != "read_file" or self.app.reach.files  # type: ignore[attr-defined]

    def action_read_file(self) -> None:
        """Ask which file, and put its start in at the cursor."""

        def problem(name: str) -> str:
            path = Path(name).expanduser()
            return "" if path.is_file() else "It is no file." if path.exists() else "There is no such file."

        def read(name: str | None) -> None:
            if name is None:
                return
            try:
                text = read_beginning(str(Path(name).expanduser()), MOST_TYPED)
            except CorpusError as error:
                self.say(f"{error}.")
                return
            start = self.draft.cursor
            self.write(text)
            self.change(self.draft.at(start))

        self.app.push_screen(
            AskScreen(f"Which file? Its first {MOST_TYPED:,} characters come in at the cursor.", problem), read
        )

    # Where the cursor is

    def choose(self, what: tuple[str, int]) -> None:
        self.change(self.draft.at(what[1]))

    def action_move(self, by: int) -> None:
        """Move along the text."""
        self.change(self.draft.move(by))

    def action_line(self, rows: int) -> None:
        """Move to the line above or below."""
        spot = spot_beside(self.spots, (PLACE, self.draft.cursor), rows)
        self.change(self.draft.at(spot.what[1]) if spot else self.draft.move(99999 * rows))

    def action_edge(self, end: bool) -> None:
        """Move to the start or the end of the line."""
        self.change(self.draft.at(place_at_line(self.spots, self.draft, end)))

    def action_delete(self, by: int) -> None:
        """Delete a character."""
        self.change(self.draft.delete(by))

    def action_delete_word(self) -> None:
        """Delete the word before the cursor."""
        self.change(self.draft.delete_word())

    def action_delete_before(self) -> None:
        """Delete all that is before the cursor."""
        self.change(self.draft.delete_before())

    def action_unit(self, by: int) -> None:
        """Follow another unit."""
        self.unit = (self.unit + by) % self._units
        self.redraw()
        self.post_message(self.WantsChanged())
