"""Where visitors' runs are kept: a folder for each, under a name that only the visitor's link leads to.

A link holds a name of 128 random bits; the folder is called by its hash, so that a list of the folders opens none.
"""

import hashlib
import re
import secrets
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

VISIT = "CHARRNN_VISIT"  # the variable that tells a program which visitor it is for
NAME = re.compile(r"[A-Za-z0-9_-]{22}")


def new_name() -> str:
    """The name of a visitor who hasn't been here."""
    return secrets.token_urlsafe(16)


def is_name(text: str) -> bool:
    """Whether it can be a visitor's name."""
    return NAME.fullmatch(text) is not None


def visitors_folder() -> Path:
    """The folder that holds a folder for each visitor."""
    return user_state_path("charrnn", appauthor=False) / "visitors"


def folder_of(name: str) -> Path:
    """A visitor's own folder; it may not be there yet."""
    return visitors_folder() / hashlib.sha256(name.encode("ascii")).hexdigest()[:32]


def made(folder: Path) -> Path:
    """The folder, which nobody else on this machine may look into. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def tidied(folder: Path) -> None:
    """Remove what a visitor left who never had anything saved."""
    with suppress(OSError):
        if not any(path.is_file() and path.stat().st_size for path in folder.rglob("*")):
            for path in sorted(folder.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            folder.rmdir()
