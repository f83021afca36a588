"""`charrnn export`: a saved network as a file of another program's. What is in these files is in `exchange`."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ...exchange import onnx_writer, safetensors_writer
from ...exchange.portable import ExchangeError, Portable
from ...files.reasons import reason
from ...files.resume import read_or_offer
from ...files.run_folders import named_or_newest
from ...text.visible import counted, readable
from .events import export_events


class _Format(NamedTuple):
    check_installed: Callable[[], None]
    write: Callable[[Portable, Path], None]


FORMATS = {
    ".safetensors": _Format(safetensors_writer.check_installed, safetensors_writer.write_safetensors),
    ".onnx": _Format(onnx_writer.check_installed, onnx_writer.write_onnx),
}


def export(options: argparse.Namespace) -> int:
    """Write what was asked for."""
    if options.tensorboard is not None:
        return export_events(options)
    return export_network(options.run, options.output)


def export_network(run: str | None, output: str) -> int:
    """Write the network of a run, or of the newest, into a file whose name says its format."""
    path, shown = Path(output), f"“{readable(output)}”"
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ExchangeError(f"{shown} has to end in {' or '.join(FORMATS)}")
    kind.check_installed()
    checkpoint = read_or_offer(named_or_newest(run))
    network = Portable.of(checkpoint)
    try:
        if os.path.isdir(path):  # noqa: PTH112, it takes any name
            raise ExchangeError(f"{shown} is a folder")
        kind.write(network, path)
    except OSError as error:
        raise ExchangeError(f"{shown} can't be written: {reason(error)}") from None
    except ValueError as error:
        if isinstance(error, ExchangeError):
            raise
        raise ExchangeError(f"there can't be a file {shown}") from None
    single = " in float32," if path.suffix.lower() == ".onnx" and network.settings.dtype != "float32" else ""
    print(f"{readable(output)} written:{single} {network.what}, after {counted(network.step, 'step')}")
    return 0
