"""`charrnn export LOG --tensorboard DIR`: a run's log as a file for TensorBoard."""

import argparse
from pathlib import Path

from ...extras import require
from ...text.visible import readable


def add_event_option(parser: argparse._ActionsContainer) -> None:
    """Where it is written to."""
    parser.add_argument(
        "--tensorboard",
        metavar="DIR",
        help="a folder for TensorBoard's file of a log: losses, rates, samples, all that the log has",
    )


def export_events(options: argparse.Namespace) -> int:
    """Write the log that `run` names into the folder that `tensorboard` names; say where."""
    require("TensorBoard's files need", "tensorboardX", "tensorboard")
    from ...tensorboard.from_log import export_log

    path = export_log(Path(options.run), options.tensorboard)
    print(f"{readable(str(path))} written")
    return 0
