"""A network as it goes into other programs' files: its weights, and what has to be known beside them, as text.

The formats themselves are in `safetensors_writer`, `safetensors_reader` and `onnx_writer`. All of them hold the same
texts by name: `format` and `format_version`; `program`, with its version; `symbols`, what each id that is read stands
for, a JSON list of texts; `says`, where what is said isn't one of these, the same of the outputs; `options` of the run,
a JSON table; `step`, how many it had done.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from ..files.checkpoint import Checkpoint
from ..files.checkpoint_guard import CheckpointError
from ..files.fields import FieldError, Fields, settings_from
from ..files.resume import data_of, resumed
from ..network.parameters import Array
from ..settings import LARGEST_COUNT, Settings
from ..tasks.label import Label
from ..text.visible import readable
from ..text.vocabulary import CorpusError, Vocabulary
from ..training.example_session import ExampleSession
from ..version import program_version
from .layout import to_torch

FORMAT, VERSION = "charrnn network", 1
WHY_NOT = {
    "describe": "a picture is added to what it reads at every step",
    "translate": "it begins to write after a sign of its own, and may look back at its source",
}


class ExchangeError(CheckpointError):
    """A network can't be taken to a file of another program's, or from one; the message is one sentence."""


@dataclass(frozen=True, eq=False)
class Portable:
    """A network to be written: `tensors` in PyTorch's layout, `symbols` (V) that it reads, `says` (Y) or nothing.

    Where `says` is empty it says the symbols that it reads.
    """

    settings: Settings
    tensors: dict[str, Array]
    symbols: tuple[str, ...]
    says: tuple[str, ...]
    step: int

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> "Portable":
        """That of a saved run. Raises CheckpointError, in a sentence, where its network is none of PyTorch's."""
        s = checkpoint.settings
        if s.task in WHY_NOT:
            raise ExchangeError(f"a network that learns to {s.task} isn't exported: {WHY_NOT[s.task]}")
        symbols, says = tuple(checkpoint.vocabulary.characters), tuple[str, ...]()
        if checkpoint.sizes:  # a checkpoint doesn't hold what its ids stand for: its examples do
            task = _task(checkpoint)
            symbols, says = tuple(task.source_signs.characters), task.labels
        return cls(s, to_torch(checkpoint.parameters, s.cell, s.layers), symbols, says, checkpoint.state.step)

    @property
    def what(self) -> str:
        """The network in a few words."""
        s, outputs = self.settings, f", says one of {len(self.says):,}" if self.says else ""
        layers = f"{s.layers} layers of {s.cell.upper()}" if s.layers > 1 else s.cell.upper()
        return f"{layers}, {s.hidden_size:,} units, reads {len(self.symbols):,} symbols{outputs}"

    def texts(self) -> dict[str, str]:
        """What is known beside the weights. ASCII only, so that any character can be among the symbols."""
        says = {"says": json.dumps(self.says)} if self.says else {}
        return {
            "format": FORMAT,
            "format_version": str(VERSION),
            "program": f"charrnn-tui {program_version()}",
            "symbols": json.dumps(self.symbols),
            **says,
            "options": json.dumps(asdict(self.settings), allow_nan=False),
            "step": str(self.step),
        }


def _task(checkpoint: Checkpoint) -> Label:
    try:
        session = resumed(checkpoint, data_of(checkpoint.corpus, checkpoint.settings)).session
    except (CheckpointError, CorpusError):
        name = readable(checkpoint.corpus.name)
        raise ExchangeError(
            f"which characters and labels its ids stand for is only in the run's examples, and “{name}” is no longer "
            "where it was, or differs"
        ) from None
    assert isinstance(session, ExampleSession)
    assert isinstance(session.task, Label)
    return session.task


@dataclass(frozen=True)
class Known:
    """What such texts say of a network that is read: it reads the characters of `vocabulary`."""

    settings: Settings
    vocabulary: Vocabulary
    step: int

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Known | None":
        """None where they are no texts of ours. Raises FieldError or ExchangeError, which say what is wrong."""
        if texts.get("format") != FORMAT:
            return None
        version, step = (_whole(texts, name) for name in ("format_version", "step"))
        if version > VERSION:
            raise ExchangeError("was written by a newer version of this program: update it to read it")
        settings = settings_from(Fields(_json(texts, "options"), "options"))
        if settings.task != "text":
            raise ExchangeError(f"holds a network that learns to {settings.task}: only those of texts are begun with")
        symbols: Any = _json(texts, "symbols")
        if not (isinstance(symbols, list) and all(isinstance(s, str) and len(s) == 1 for s in symbols)):
            raise FieldError("symbols is not a list of characters")
        if any(after <= before for before, after in pairwise(symbols)):
            raise FieldError("symbols isn't sorted")
        return cls(settings, Vocabulary(symbols), step)


def _json(texts: Mapping[str, str], name: str) -> Any:
    try:
        return json.loads(texts[name])
    except KeyError:
        raise FieldError(f"{name} is missing") from None
    except (ValueError, RecursionError):
        raise FieldError(f"{name} is not JSON") from None


def _whole(texts: Mapping[str, str], name: str) -> int:
    text = texts.get(name, "")
    digits = text if text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_COUNT)) else "-1"
    return Fields({name: int(digits)}).whole(name, 0, LARGEST_COUNT)
