"""Libraries that a user installs for one purpose, as extras: what is said where one is missing. Nothing is loaded."""

from importlib.util import find_spec


class MissingExtraError(RuntimeError):
    """A library isn't installed; the message is one sentence that names the extra and the command."""


def require(what: str, module: str, extra: str, *, called: str = "") -> None:
    """Make sure that `module` can be loaded. Raises MissingExtraError: “pictures need matplotlib, which comes …”.

    `what` ends in its verb; `called` is the library's name, where the module has another one.
    """
    if find_spec(module) is None:
        raise MissingExtraError(missing(what, called or module, extra))


def missing(what: str, library: str, extra: str) -> str:
    """That sentence."""
    return f"{what} {library}, which comes with the extra “{extra}”: pip install 'charrnn-tui[{extra}]'"
