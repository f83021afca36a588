"""Texts to train on, written for this program. They are read as package data, so that no path is needed."""

from importlib.resources import files

DEFAULT = "prose"
NAMES = ("prose", "chinese")


def read_sample(name: str = DEFAULT) -> bytes:
    """The UTF-8 bytes of a sample text."""
    return files(__name__).joinpath(f"{name}.txt").read_bytes()
