"""What a new run begins with where it isn't chance: the weights of a saved run, or of a file of another program's."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..exchange.begin import begun_with_network
from ..exchange.safetensors_reader import SUFFIX, read_safetensors
from ..extras import MissingExtraError
from ..files.checkpoint_guard import CheckpointError
from ..files.resume import Data, begun_from, read_or_offer
from ..files.run_folders import find_checkpoint, is_in_runs
from ..settings import Settings
from ..training.run import Run
from .chosen import check_same_network, settings_from


class Origin(NamedTuple):
    """The options that the weights were learnt with, as far as they are known, and how a run begins with them."""

    settings: Settings
    begin: Callable[[Data, Settings], Run]


def origin_of(name: str) -> Origin:
    """What a person means to begin with. Raises CheckpointError."""
    if not name:
        raise CheckpointError("--from names no checkpoint")
    if name.lower().endswith(SUFFIX):
        path = Path(name)
        try:
            network = read_safetensors(path)
        except MissingExtraError as error:
            raise CheckpointError(str(error)) from None
        return Origin(network.settings, lambda data, settings: begun_with_network(network, path, data, settings))
    path = find_checkpoint(name)
    checkpoint = read_or_offer(path)
    shown = path.parent.name if is_in_runs(path) else path.stem
    return Origin(checkpoint.settings, lambda data, settings: begun_from(checkpoint, shown, data, settings))


def begun(options: argparse.Namespace, data: Data, settings: Settings | None = None) -> Run:
    """A new run with the weights of another one; its options are those of that one, where no others are given."""
    origin = origin_of(options.begin_from)
    try:
        if settings is None:
            settings = settings_from(options, origin.settings)
        check_same_network(settings, origin.settings)
    except ValueError as error:
        raise CheckpointError(str(error)) from None
    run = origin.begin(data, settings)
    if origin.settings.schedule == "cosine" and settings.schedule == "constant":
        run.notice += "; the rate doesn't fall, as its cosine needs an end: --steps or --seconds"
    return run
