"""What a new run is to be, as somebody fills it in: which fields there are, and what is chosen or typed in each.

Values only, no widgets. A form is a way to write a command line: `judging` reads it as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from charrnn.core.cli.sharing.recipe import Recipe
from charrnn.core.cli.sharing.words import as_typed, given, needed, option
from charrnn.core.settings import CELLS, OPTIMIZER_NAMES, PRESETS, RATES, Settings
from charrnn.samples import DEFAULT, EXAMPLE_SETS, NAMES

OWN, THIS = "my own", "this text"
NEVER, SECONDS, STEPS = "never", "seconds", "steps"
FIRST_END = {NEVER: "", SECONDS: "60", STEPS: "20000"}
TASK_NAMES = {
    "text": "next character",
    "label": "a label",
    "describe": "a description",
    "translate": "a translation",
}
NUMBERS = ("hidden_size", "layers", "seq_length", "streams", "learning_rate", "seed")
OF_SETTINGS = ("cell", "optimizer", *NUMBERS)  # fields that are settings
CHOICES = ("task", "preset", "data", "cell", "optimizer", "stop")
LABELS = {
    "task": "what it learns",
    "path": "file or folder",
    "hidden_size": "units",
    "seq_length": "window",
    "learning_rate": "rate",
}
NOTES = {
    "preset": "sets what stands below",
    "encoding": "of the file, where it isn't UTF-8: cp1252, gb18030 …",
    "seq_length": "characters it is trained on at a time",
    "streams": "places of the text that are read at once",
    "seed": "the same seed gives the same run",
    "end": "of training, pauses left out",
}


@dataclass(frozen=True)
class Form:
    """A value for each field: of choices which it is, of boxes what is typed, right or wrong.

    `rest` are options that have no field here, and what is said for them. `files`: any file can be named; else there
    is only that of the run on the screen.
    """

    task: str = "text"
    preset: str = "classic"
    data: str = DEFAULT
    path: str = ""
    encoding: str = ""
    cell: str = ""
    hidden_size: str = ""
    layers: str = ""
    seq_length: str = ""
    streams: str = ""
    optimizer: str = ""
    learning_rate: str = ""
    seed: str = ""
    stop: str = NEVER
    end: str = ""
    rest: tuple[tuple[str, str], ...] = ()
    files: bool = True

    def filled(self, values: dict[str, Any]) -> "Form":
        """With something else in these fields, and nothing that follows from it."""
        return replace(self, **values)


def form_of(recipe: Recipe, *, files: bool = True) -> Form:
    """The form of a run that is known."""
    preset, named = needed(recipe)
    rest = {name: as_typed(value) for name, value in named.items() if name not in OF_SETTINGS}
    ends = {STEPS: recipe.steps, SECONDS: recipe.seconds}
    stop = next((name for name, value in ends.items() if value is not None), NEVER)
    more = {name: value for name, value in (*ends.items(), ("patience", recipe.patience)) if name != stop}
    rest |= {name: as_typed(value) for name, value in more.items() if value is not None}
    own = not recipe.builtin
    return Form(
        task=recipe.settings.task,
        preset=preset,
        data=recipe.builtin or OWN,
        path=recipe.paths[0] if own and len(recipe.paths) == 1 else "",
        encoding=recipe.encoding if own else "",
        stop=stop,
        end=as_typed(ends.get(stop)) if stop != NEVER else "",
        rest=tuple(rest.items()),
        files=files,
        **_typed(recipe.settings),
    )


def _typed(settings: Settings) -> dict[str, str]:
    return {name: as_typed(getattr(settings, name)) for name in OF_SETTINGS}


def base(form: Form) -> Settings:
    """What the form's preset and task give, where nothing is named beside them."""
    return given(Recipe(Settings(task=form.task)), form.preset, {})


def choices(form: Form, field: str) -> Sequence[tuple[str, str]]:
    """What can be chosen there, and how it is called."""
    if field == "task":
        return list(TASK_NAMES.items())
    if field == "preset":
        own = [] if form.task == "text" else [("classic", "for this task")]
        return [*own, *((name, name) for name in PRESETS if not own or name != "classic")]
    if field == "data":
        own = [(OWN, OWN if form.files else THIS)] if form.files or form.path else []
        return [*((name, name) for name in builtin_names(form.task)), *own]
    if field == "cell":
        return [(cell, cell.upper()) for cell in CELLS]
    if field == "optimizer":
        return list(OPTIMIZER_NAMES.items())
    return [(NEVER, NEVER), (SECONDS, "after a time"), (STEPS, "after steps")]


def neighbour(form: Form, field: str, by: int) -> str:
    """The choice that stands so far from the one that is chosen; that one itself at the end."""
    values = [value for value, _ in choices(form, field)]
    return values[max(0, min(len(values) - 1, values.index(getattr(form, field)) + by))]


def builtin_names(task: str) -> Sequence[str]:
    """What comes with the program for a task."""
    return NAMES if task == "text" else [s.name for s in EXAMPLE_SETS if s.task == task]


def choose(form: Form, field: str, value: str) -> Form:
    """The form with something else chosen, and what follows from it."""
    if getattr(form, field) == value:
        return form
    new, rest = form.filled({field: value}), dict(form.rest)
    if field in ("task", "preset"):
        if field == "task":
            new = replace(new, preset="classic", data=builtin_names(value)[0])
        return new.filled({**_typed(base(new)), "seed": form.seed, "rest": ()})
    if field == "data":
        rest.pop("picture_size", None)  # those that come with the program have their own
    elif field == "optimizer":
        rest.pop("momentum", None)
        usual = base(new)
        rate = usual.learning_rate if usual.optimizer == value else RATES[value]
        new = replace(new, learning_rate=as_typed(rate))
    elif field == "stop":
        rest.pop(STEPS, None)
        rest.pop(SECONDS, None)
        new = replace(new, end=FIRST_END[value])
    return replace(new, rest=tuple(rest.items()))


def fields(form: Form) -> list[str]:
    """Which there are, from the first to the last."""
    return [
        *("task", "preset", "data"),
        *(("path", "encoding") if form.data == OWN and form.files else ()),
        *("cell", "hidden_size", "layers"),
        *(("seq_length",) if form.task == "text" else ()),
        *("streams", "optimizer", "learning_rate", "seed", "stop"),
        *(("end",) if form.stop != NEVER else ()),
    ]


def label(form: Form, field: str) -> str:
    """What a field is called."""
    if field == "end":
        return form.stop
    if field == "streams" and form.task != "text":
        return "at a time"
    return LABELS.get(field, field)


def note(form: Form, field: str) -> str:
    """What is said beside a field."""
    if field == "streams" and form.task != "text":
        return "examples in a step"
    return "" if field == "end" and form.stop == STEPS else NOTES.get(field, "")


def option_of(form: Form, field: str) -> str:
    """The option that says what a field says."""
    return option(form.stop if field == "end" else field)
