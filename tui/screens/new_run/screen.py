"""A form for a run that follows the one on the screen. It ends nothing: what it gives is a run that is opened already.

What the fields mean is in `form` and `judging`, how they look in `rows`.
"""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Input

from charrnn.core.cli.sharing.recipe import Recipe
from charrnn.core.cli.sharing.words import line_of
from charrnn.core.training.room import weights_of

from ..following import Following
from .edges import Foot, Heading, Start
from .fields import Choices, Chosen, Typed, focusable
from .form import CHOICES, OWN, Form, choices, choose, fields, form_of, label, neighbour, note
from .judging import Judged, judge, needs
from .opening import Opening
from .path_field import PathBox, TypedPath
from .sizes import Size, Source, size_of

ALL = ("task", "preset", "data", "path", "encoding", "cell", "hidden_size", "layers", "seq_length", "streams",
       "optimizer", "learning_rate", "seed", "stop", "end")  # fmt: skip
SAME = "this is the run on the screen: change something (R, there, starts it again)"
READING, COPIED = "reading …", "The line is copied, where the terminal lets programs do that."
GROUPS = ("preset", "data", "cell", "optimizer", "stop")  # fields with an empty row before them, where rows aren't rare


class NewRunScreen(ModalScreen[Following | None]):
    """Gives the run that was opened, or None where somebody went back. Training goes on below it.

    `recipe` is what is in the form at first; `saved`: the run on the screen is. `kept` are options that the new run
    takes over. `size`: how many symbols the present text has, and dots its pictures. `files`: any can be named.
    """

    AUTO_FOCUS = "#task"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Field", key_display="tab ↑↓"),
        Binding("down", "go(1)", "Field", show=False),
        Binding("up", "go(-1)", "Field", show=False),
        Binding("enter", "start", "Start", key_display="enter"),
        Binding("ctrl+s", "copy", "Copy line", key_display="^s"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    class Opened(Message):
        """A run is opened, or can't be."""

        def __init__(self, opening: Opening) -> None:
            super().__init__()
            self.opening = opening

    class Measured(Message):
        """What comes with the program has so many symbols and dots."""

        def __init__(self, source: Source, size: Size) -> None:
            super().__init__()
            self.source, self.size = source, size

    def __init__(self, recipe: Recipe, *, saved: bool, kept: Mapping[str, object], size: Size, files: bool) -> None:
        super().__init__()
        self.form = form_of(recipe, files=files)
        self._kept = kept
        self._judged: Judged = judge(self.form)
        self._present = self._judged.recipe  # of the run on the screen
        self._sizes: dict[Source, Size] = {self._source: size}
        self._opening: Opening | None = None
        self._left = False
        self._refused = ""  # why it couldn't be opened, until something is changed
        self._fields = {name: self._made(name) for name in ALL}
        self._heading, self._foot, self._start = Heading(saved), Foot(), Start()

    @staticmethod
    def _made(name: str) -> Choices | Typed:
        field = Choices(name) if name in CHOICES else TypedPath(name) if name == "path" else Typed(name)
        field.set_class(name in GROUPS, "-group")
        return field

    @property
    def _source(self) -> Source:
        return self.form.data, self.form.path if self.form.data == OWN else "", self.form.task

    def compose(self) -> ComposeResult:
        with Vertical(id="new_run"), Vertical(id="form"):
            yield self._heading
            with Vertical(id="fields"):
                yield from self._fields.values()
            yield self._foot
            yield self._start
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._show()

    def on_unmount(self) -> None:
        if self._opening:
            self._opening.drop()

    # What is in the form

    def on_chosen(self, message: Chosen) -> None:
        """Something was chosen, and what follows from it."""
        value = message.value or neighbour(self.form, message.field, message.by)
        self._become(choose(self.form, message.field, value))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed; it may have been changed again since."""
        field = next(one for one in event.input.ancestors if isinstance(one, Typed))
        self._become(self.form.filled({field.field: field.text}))
        if isinstance(field, TypedPath):
            field.look()

    def _become(self, form: Form) -> None:
        if form == self.form:
            return
        if self._opening:
            self._opening.drop()
            self._opening = None
        self.form, self._refused = form, ""
        self._judged = judge(form)
        self._show()

    def _show(self) -> None:
        problems, there = dict(self._judged.problems), fields(self.form)
        if self._refused:
            problems["path" if self.form.data == OWN else "data"] = self._refused
        for name, field in self._fields.items():
            field.display = name in there
            if not field.display:
                continue
            named, said, problem = label(self.form, name), note(self.form, name), problems.get(name, "")
            if isinstance(field, Choices):
                field.show(named, choices(self.form, name), getattr(self.form, name), said, problem)
            else:
                field.show(named, getattr(self.form, name), said, problem)
        self._show_foot()
        wrong = needs(self.form, problems)
        forms = [READING] if self._opening else [wrong, wrong.rpartition(": ")[2]]
        self._start.show(forms, problem=bool(wrong) and not self._opening, ready=not wrong and not self._opening)

    @property
    def line(self) -> str:
        """The line that starts the same run elsewhere, or "" where nothing does."""
        return line_of(self._judged.recipe) if self._judged.recipe else ""

    def _show_foot(self) -> None:
        recipe, source = self._judged.recipe, self._source
        size = self._sizes.get(source)
        if size is None and source[0] != OWN:  # some are made first, which takes a moment
            self.run_worker(partial(self._measure, source), group="size", thread=True, exclusive=True)
        self._foot.show(self.line, weights_of(recipe.settings, *size) if recipe and size else None)

    def _measure(self, source: Source) -> None:
        """In a thread of its own."""
        self.post_message(self.Measured(source, size_of(source[0])))

    def on_new_run_screen_measured(self, message: Measured) -> None:
        """So the network's size is known."""
        self._sizes[message.source] = message.size
        self._show_foot()

    # The path

    def on_path_box_wanted(self, message: PathBox.Wanted) -> None:
        """Another path is marked, or had; where there is nothing to choose, the key does what it does elsewhere."""
        field = self._fields["path"]
        assert isinstance(field, TypedPath)
        if message.action == "mark":
            if not field.mark(message.by):
                self.action_go(message.by)
        elif message.action == "complete":
            if not field.complete():
                self.action_go(1)
        elif message.by:
            field.take(message.by - 1)
        elif not field.take(field.paths.marked):
            self.action_start()

    # Ways out

    def action_go(self, by: int) -> None:
        """To the next field, or the one before."""
        self.focus_next() if by > 0 else self.focus_previous()

    def on_input_submitted(self) -> None:
        """Enter begins from everywhere."""
        self.action_start()

    def action_start(self) -> None:
        """Open the run; where something is wrong, go there."""
        if self._opening or self._left:
            return
        if self._judged.options is None:
            focusable(self._fields[next(name for name in ALL if name in self._judged.problems)]).focus()
            return
        if self._judged.recipe == self._present:
            self._refused = SAME
            self._show()
            return
        options, self._refused = self._judged.options, ""
        for name, value in self._kept.items():
            setattr(options, name, value)
        self._opening = Opening(options, self._notified)
        self._show()

    def _notified(self, opening: Opening) -> None:
        """Called in a thread of its own; posting a message is all that may be done from there."""
        self.post_message(self.Opened(opening))

    def on_new_run_screen_opened(self, message: Opened) -> None:
        """Leave with it, or say what is wrong with it."""
        if message.opening is not self._opening:  # nobody wants it any more
            return
        self._opening = None
        if message.opening.following:
            self._leave_with(message.opening.following)
            return
        self._refused = message.opening.problem
        self._show()
        focusable(self._fields["path" if self.form.data == OWN else "data"]).focus()

    def action_copy(self) -> None:
        """Hand the line to the terminal's clipboard."""
        if self.line:
            self.app.copy_to_clipboard(self.line)
            self.notify(COPIED, markup=False, timeout=3)

    def action_back(self) -> None:
        """Back to the run, which nothing has been done to."""
        self._leave_with(None)

    def _leave_with(self, following: Following | None) -> None:
        """Once: a second key may come before the screen has gone."""
        if not self._left:
            self._left = True
            self.dismiss(following)
        elif following:
            following.drop()
