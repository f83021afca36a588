"""Which version of the program this is."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version that is installed."""
    try:
        return version("charrnn-tui")
    except PackageNotFoundError:
        return "unknown (not installed)"
