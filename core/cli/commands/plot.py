"""`charrnn plot`: curves of runs as a picture. What they look like is in `curves.plotting`."""

import argparse
import os
import warnings
from pathlib import Path

from ...curves.past_runs import PastRunError, read_past_runs
from ...curves.plotting import COLOURS, FORMATS, draw, save
from ...extras import require
from ...files.reasons import reason
from ...text.visible import readable
from ..messages import complain


def plot(options: argparse.Namespace) -> int:
    """Draw the runs into the file."""
    require("pictures need", "matplotlib", "plot")
    path = Path(options.output)
    if path.suffix.lower() not in FORMATS:
        raise PastRunError(f"“{readable(options.output)}” has to end in {', '.join(FORMATS)}")
    runs, left = read_past_runs(options.runs, len(COLOURS))
    if left:
        complain("charrnn plot", left)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a font that lacks a character draws a box in its place
        figure = draw(runs, by=options.by, unit=options.unit, log=options.log)
        try:
            if os.path.isdir(path):  # noqa: PTH112, it takes any name
                raise PastRunError(f"“{readable(options.output)}” is a folder")
            save(figure, path)
        except OSError as error:
            raise PastRunError(f"“{readable(options.output)}” can't be written: {reason(error)}") from None
        except ValueError as error:
            if isinstance(error, PastRunError):
                raise
            raise PastRunError(f"there can't be a file “{readable(options.output)}”") from None
    print(f"{readable(options.output)} written")
    return 0
