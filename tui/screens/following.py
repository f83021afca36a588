"""The run that follows the one on the screen, with options of its own."""

import argparse

from charrnn.core.cli.opening import Opened


class Following:
    """Gives the run once the one on the screen has ended; `compared`: earlier runs stay in its chart."""

    compared = True

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options

    def __call__(self, left: Opened) -> Opened:
        """It, once the other one is `left`; what is said of it goes where it went before."""
        raise NotImplementedError

    def drop(self) -> None:
        """Nobody wants it any more."""
