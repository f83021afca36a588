"""Write a network as a `.safetensors` file, in PyTorch's names and layouts. The format is its own library's."""

from pathlib import Path

from ..extras import require
from ..files.whole import write_whole
from .portable import Portable


def check_installed() -> None:
    """Raises MissingExtraError, in a sentence, where the library isn't there."""
    require("files for PyTorch need", "safetensors", "export")


def write_safetensors(network: Portable, path: Path) -> None:
    """Write it whole, in the precision of the run. Raises OSError, and leaves what was there as it was."""
    from safetensors.numpy import save

    write_whole(path, save(network.tensors, network.texts()))
