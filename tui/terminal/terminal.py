"""What the screen needs from the terminal, checked and put in order before it opens."""

import os
import stat
import sys

TERMINAL_DEVICE = "/dev/tty"
LARGEST = {"COLUMNS": 1000, "LINES": 500}


class TerminalError(RuntimeError):
    """There is nothing to draw on, or nothing to type on; the message is one sentence saying what to do instead."""


def require_screen() -> None:
    """The screen is drawn on standard error, so that standard output may go elsewhere."""
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        raise TerminalError("standard error is not a terminal to draw on: run it without redirecting standard error")
    if os.environ.get("TERM") == "dumb":
        raise TerminalError("TERM is “dumb”, which can't show a screen: run it in another terminal")
    for name, most in LARGEST.items():  # what they say counts more than what the terminal says
        said = os.environ.get(name, "")
        if said.isdecimal() and (len(said) > 9 or int(said) > most):
            raise TerminalError(f"the variable {name} says {said[:20]}, and at most {most:,} can be drawn: unset it")


def require_free_output(log: str | None) -> None:
    """A log on standard output needs another place than the terminal that the screen is on."""
    if log is None:
        return
    on_stdout = log == "-" and sys.__stdout__ is not None and sys.__stdout__.isatty()
    if on_stdout or _is_terminal(log):
        raise TerminalError(
            "the log would be written to the terminal that the screen is drawn on: name a file for it, or a pipe"
        )


def _is_terminal(path: str) -> bool:
    try:
        if not stat.S_ISCHR(os.stat(path).st_mode):  # noqa: PTH116, it takes any name
            return False
        opened = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError):
        return False
    try:
        return os.isatty(opened)
    finally:
        os.close(opened)


def screen_size() -> tuple[int, int] | None:
    """Columns and rows of the terminal that the screen is drawn on; None where there is none, as in tests."""
    try:
        columns, rows = os.get_terminal_size(sys.__stderr__.fileno())  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):
        return None
    return (columns, rows) if columns and rows else None


def require_keyboard(corpus_from_stdin: bool) -> None:
    """Make standard input the keyboard: it is already, or the corpus has been read from it and it is taken back."""
    if sys.__stdin__ is not None and not sys.__stdin__.closed and sys.__stdin__.isatty():
        return
    if not corpus_from_stdin:
        raise TerminalError(
            "standard input is not the keyboard: run it without redirecting standard input, "
            "or give - as the corpus to train on what is piped in"
        )
    try:
        keyboard = os.open(TERMINAL_DEVICE, os.O_RDWR)
    except OSError:
        raise TerminalError(
            "there is no keyboard: the corpus came from standard input and no terminal belongs to this program; "
            "save the text to a file and name it"
        ) from None
    os.dup2(keyboard, 0)
    os.close(keyboard)
