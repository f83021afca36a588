"""The file of a person's own defaults: where it is, what stands in it, and in which line. It judges no value.

Standard library only but for the place, so that `--help` answers at once.
"""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from ...text.visible import readable

VARIABLE = "CHARRNN_SETTINGS"  # names another file; empty, none
LARGEST = 100_000  # bytes


class SettingsError(ValueError):
    """What is wrong with the file, in one sentence that names it."""


@dataclass(frozen=True)
class SettingsFile:
    """`values` by name, as TOML has them. `path` is None where there is to be no file."""

    path: Path | None = None
    values: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    def line(self, name: str) -> int:
        """In which line a name stands: the first up to which the file holds it."""
        lines = self.text.splitlines()
        for number in range(1, len(lines) + 1):
            try:
                if name in tomllib.loads("\n".join(lines[:number])):
                    return number
            except tomllib.TOMLDecodeError:  # in the middle of a value
                continue
        return len(lines)

    def fail(self, name: str, problem: str) -> NoReturn:
        """Raise SettingsError: that of a name."""
        raise SettingsError(f"“{readable(str(self.path))}”, line {self.line(name)}: {problem}")


def settings_path() -> Path | None:
    """Where the file is, or would be; None where there is to be none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_config_path

    return user_config_path("charrnn", appauthor=False) / "settings.toml"


def read_settings_file() -> SettingsFile:
    """What stands in the file; nothing where there is none. Raises SettingsError."""
    path = settings_path()
    if path is None:
        return SettingsFile()
    shown = f"“{readable(str(path))}”"
    try:
        if path.exists() and not path.is_file():
            raise SettingsError(f"{shown} is no file: the settings are to stand in one")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise SettingsError(f"{shown} is larger than {LARGEST:,} bytes, more than settings may be")
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return SettingsFile(path, tomllib.loads(text), text)
    except FileNotFoundError:
        if VARIABLE in os.environ:
            raise SettingsError(f"there is no file {shown}, which {VARIABLE} names") from None
        return SettingsFile(path)
    except OSError as error:
        raise SettingsError(f"{shown} can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{shown}, line {line}: this isn't UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_of_syntax(shown, readable(str(error)), text)) from None
    except RecursionError:
        raise SettingsError(f"{shown} is nested too deep") from None
    except ValueError as error:
        if isinstance(error, SettingsError):
            raise
        raise SettingsError(f"{shown} can't be read as settings") from None  # a path with a zero in it


def _of_syntax(shown: str, said: str, text: str) -> str:
    """What the parser said, with its place in front."""
    what, _, place = said.rpartition(" (at ")
    if place.startswith("line "):
        number = place.removeprefix("line ").split(",")[0]
    else:  # at the end of the document
        number = str(max(1, len(text.splitlines())))
    return f"{shown}, line {number}: this is no TOML: {what[:1].lower()}{what[1:]}"
