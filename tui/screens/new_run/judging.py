"""A form read as the command line that it stands for, by the parser and the checks of the command line.

What is wrong is said for a field. Whether the text can be read is known when it is opened, not here.
"""

import argparse
from dataclasses import replace
from typing import NamedTuple

from charrnn.core.cli.sharing.asking import WrongOptionError, read_words
from charrnn.core.cli.sharing.recipe import Recipe, recipe_of
from charrnn.core.cli.sharing.words import as_typed, option
from charrnn.core.text.vocabulary import CorpusError

from .completing import expanded
from .form import NEVER, NUMBERS, OF_SETTINGS, OWN, SECONDS, STEPS, Form, base, fields, label, option_of

MISSING, NO_PATH = "a number is missing here", "name a file, or a folder"
FIELDS = {"builtin": "data", "task": "data", STEPS: "stop", SECONDS: "stop"}
# Of what goes together only: a word of what is said, and the field that changes it.
ABOUT = {"cosine": "stop", "dropout": "layers", "momentum": "optimizer"}


class Judged(NamedTuple):
    """What is wrong, by field; the options where nothing is; and what all the other fields mean, if anything."""

    problems: dict[str, str]
    options: argparse.Namespace | None
    recipe: Recipe | None


def judge(form: Form) -> Judged:
    """What the form means."""
    boxes = [field for field in fields(form) if field in (*NUMBERS, "end") or (field == "encoding" and form.encoding)]
    problems = {field: problem for field in boxes if (problem := _problem(form, field))}
    if form.data == OWN and not form.path.strip():
        problems["path"] = NO_PATH
        return Judged(problems, None, None)
    options = recipe = None
    try:
        options = read_words(words(_mended(form, problems)))
        recipe = recipe_of(options)
    except WrongOptionError as error:
        about = (field for word, field in ABOUT.items() if word in str(error))
        problems.setdefault(FIELDS.get(error.option) or next(about, "preset"), str(error))
    except CorpusError as error:
        problems["path"] = str(error)
    return Judged(problems, None if problems else options, recipe)


def needs(form: Form, problems: dict[str, str]) -> str:
    """Which fields have to be seen to, in a sentence, or ""."""
    wrong = [label(form, field) for field in fields(form) if field in problems]
    if not wrong:
        return ""
    return f"{'one field needs' if len(wrong) == 1 else f'{len(wrong)} fields need'} you: {', '.join(wrong)}"


def words(form: Form) -> list[str]:
    """The command line."""
    settings = [field for field in fields(form) if field in (*OF_SETTINGS, "end")]
    return [
        *_source(form),
        f"--preset={form.preset}",
        *(f"{option_of(form, field)}={getattr(form, field).strip()}" for field in settings),
        *(f"{option(name)}={value}" for name, value in form.rest),
    ]


def _source(form: Form) -> list[str]:
    if form.data != OWN:
        return [f"--builtin={form.data}"]
    path = expanded(form.path)
    encoding = [f"--encoding={form.encoding.strip()}"] if form.encoding.strip() else []
    return [f"--task={form.task}", f"./{path}" if path.startswith("-") and path != "-" else path, *encoding]


def _problem(form: Form, field: str) -> str:
    text = getattr(form, field).strip()
    if not text:
        return MISSING
    try:
        read_words([f"{option_of(form, field)}={text}"], whole=False)
    except WrongOptionError as error:
        return str(error)
    return ""


def _mended(form: Form, problems: dict[str, str]) -> Form:
    """With what the preset gives in place of what is wrong."""
    usual = {field: as_typed(getattr(base(form), field)) for field in problems if field in OF_SETTINGS}
    mended = form.filled(usual)
    if "encoding" in problems:
        mended = replace(mended, encoding="")
    return replace(mended, stop=NEVER, end="") if "end" in problems else mended
