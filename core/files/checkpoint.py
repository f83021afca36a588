"""A run in one file: what is in it, and how it is written.

The file is an `.npz` of plain arrays (`numpy.load` reads it with `allow_pickle=False`) with two tables in JSON beside
them: `metadata.json`, the same for the same run, and `timing.json`, which says when and by what it was saved. Reading
one that may be damaged or hostile is in `checkpoint_reader`.

Arrays: the network's parameters, and what the optimizer remembers of each, as `optimizer_sums_Wxh`; `hidden`, the
memory, (H,) or (M, B, H); `vocabulary` (V,), code points; `losses` and `ghost`, (4, n), buckets of low, high, mean and
smooth loss, nats for each prediction; `samples`, ids of all kept samples one after the other. With first weights that
don't come from the seed also `first_weights`, flat. The metadata say which parameters and which optimizer there are.

In format 1 the losses were sums over windows, and the optimizer's arrays were called `adagrad_Wxh`.
"""

import json
import platform
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..network.examples.network import Sizes, declared_for
from ..network.model import declared_by
from ..network.parameters import Array, Parameters, Table
from ..settings import Settings
from ..text.identity import CorpusIdentity
from ..text.vocabulary import Vocabulary
from ..training.loss_history import HistoryView
from ..training.run import Run
from ..training.run_state import RunState
from ..version import program_version
from .whole import replace_file

FORMAT, VERSION = "charrnn checkpoint", 2
METADATA, TIMING = "metadata.json", "timing.json"


@dataclass(frozen=True)
class Checkpoint:
    """Everything needed to go on with a run bit for bit, given its text."""

    settings: Settings
    corpus: CorpusIdentity
    vocabulary: Vocabulary
    state: RunState
    next_input: int  # id of the character the network reads next
    elapsed: float  # seconds spent training
    first_weights: Array | None = None  # flat; None where the seed gives them
    saved_at: str = ""
    versions: str = ""
    run_id: str = ""  # of the run whose saves these are; "" in older files
    sizes: Sizes | None = None  # of a network that reads examples
    is_best: bool = False  # it was kept because it did best on what is held out, not as the newest
    old_digest: str = ""  # of the state as it was before it was brought to this format; "" where it was written in it

    @classmethod
    def of(cls, run: Run, state: RunState, elapsed: float) -> "Checkpoint":
        """A checkpoint of `state`, captured from `run`. Raises nothing and copies nothing more."""
        session = run.session
        old = run.resumed_from if run.resumed_from and state.step == run.resumed_state[0] else ""
        if old and state.digest != run.resumed_state[1]:
            old = ""
        return cls(
            run.settings,
            CorpusIdentity.of(session.corpus),
            session.corpus.vocabulary,
            state,
            session.next_input_at(state.session.position),
            elapsed,
            session.first_weights,
            sizes=session.sizes,
            old_digest=old,
        )

    @property
    def parameters(self) -> Parameters:
        """The weights."""
        table = network_table(self.settings, len(self.vocabulary), self.sizes)
        return Parameters(table, flat=self.state.session.parameters)

    @property
    def digest(self) -> str:
        """The name that a log knows its state by."""
        return self.old_digest or self.state.digest

    def save(self, path: Path, *, keep: Path | None = None) -> None:
        """Write it so that at every moment the old file or the new one is whole. Raises OSError."""
        replace_file(path, self.write, keep=keep)

    def write(self, file: IO[bytes]) -> None:
        """Write it to a file that is open. Raises OSError."""
        # As `np.savez` does; that leaves an archive open where a disk is full, which complains when it is forgotten.
        with zipfile.ZipFile(file, "w") as archive:
            for name, array in self.arrays().items():
                with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
            for name, table in ((METADATA, self.metadata()), (TIMING, self._timing())):
                text = json.dumps(table, allow_nan=False, indent=1)
                # With a date of its own a member would differ from save to save.
                archive.writestr(zipfile.ZipInfo(name), text)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept as arrays, by name."""
        s, weights = self.state, self.parameters
        codes = np.array([ord(c) for c in self.vocabulary.characters], np.uint32)
        texts = "".join(sample.text for sample in s.journal.samples)
        arrays: dict[str, NDArray[Any]] = {name: np.ascontiguousarray(weights[name]) for name in weights}
        for what, flat in s.session.optimizer.items():
            values = weights.like(flat)
            arrays |= {optimizer_array(what, name): np.ascontiguousarray(values[name]) for name in weights}
        arrays |= {"hidden": s.session.hidden, "vocabulary": codes, "losses": s.journal.losses.buckets[:4]}
        arrays["loss_squares"] = s.journal.losses.buckets[4]
        arrays["samples"] = self.vocabulary.encode(texts)
        if s.journal.ghost is not None:
            arrays["ghost"] = np.stack(s.journal.ghost[2:6])
        if self.first_weights is not None:
            arrays["first_weights"] = self.first_weights
        return arrays

    def metadata(self) -> dict[str, Any]:
        """What is kept as a table, the same for the same run."""
        session, journal = self.state.session, self.state.journal
        history, ghost = journal.losses, journal.ghost
        return {
            "format": FORMAT,
            "version": VERSION,
            "settings": asdict(self.settings),
            "corpus": self.corpus.table,
            "symbols": len(self.vocabulary),
            **({"examples": self.sizes._asdict()} if self.sizes else {}),
            **({"digest": self.old_digest} if self.old_digest else {}),
            "parameters": {name: array.shape for name, array in self.parameters.items()},
            "optimizer": self.settings.optimizer,
            "session": {
                "position": session.position,
                "passes": session.passes,
                "started": session.started,
                "step_count": session.step_count,
                "smooth_loss": session.smooth_loss,
                "learning_rate": session.learning_rate,
                "updates": session.updates,
                "factor": session.factor,
                "next_input": self.next_input,
                "generator": session.generator,
            },
            "loss": finite(self.state.loss),
            "best": self.state.best,
            "climbing": self.state.climbing,
            "history": {
                "steps": history.steps,
                "stride": history.stride,
                "buckets": history.buckets.shape[1],
                "low": finite(history.low),
                "high": finite(history.high),
                "sum": history.sum,
                "squares": finite(history.squares),
                "finite": history.finite,
                "gathered": history.gathered,
                "smooth": finite(history.smooth),
                "gap": history.gap,
            },
            "ghost": ghost and {"steps": ghost.steps, "stride": ghost.stride, "buckets": len(ghost.low)},
            "first_weights": self.first_weights is not None,
            "loss_squares": True,
            "samples": [
                {"number": s.number, "step": s.step, "length": len(s.text), "asked": s.asked} for s in journal.samples
            ],
            "sample_count": journal.sample_count,
            "sample_stride": journal.sample_stride,
            "marks": [mark._asdict() for mark in journal.marks],
            "mark_count": journal.mark_count,
            "measured": [
                {name: value for name, value in measured._asdict().items() if value is not None}
                for measured in journal.measured
            ],
            "since_best": journal.since_best,
            "lowest": finite(journal.lowest),
            **({"most_right": journal.most_right} if journal.most_right else {}),
        }

    def _timing(self) -> dict[str, Any]:
        versions = f"charrnn-tui {program_version()}, NumPy {np.__version__}, Python {platform.python_version()}"
        return {
            "elapsed": self.elapsed,
            "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "versions": versions,
            **({"run": self.run_id} if self.run_id else {}),
            **({"is_best": True} if self.is_best else {}),
            **{f"corpus_{key}": value for key, value in self.corpus.places.items()},
        }


def network_table(settings: Settings, symbols: int, sizes: Sizes | None) -> Table:
    """The parameters of the network that a file is of."""
    return declared_by(settings, symbols) if sizes is None else declared_for(settings, sizes)


def optimizer_array(what: str, parameter: str, version: int = VERSION) -> str:
    """What an array is called that an optimizer keeps for a parameter."""
    return f"adagrad_{parameter}" if version == 1 else f"optimizer_{what}_{parameter}"


def finite(value: float | None) -> float | None:
    """The number, or None where JSON has no word for it."""
    return value if value is not None and np.isfinite(value) else None


def ghost_view(steps: int, stride: int, buckets: NDArray[Any]) -> HistoryView:
    """A history's view from its buckets, (4, n); how far they spread isn't kept."""
    buckets.flags.writeable = False
    low, high, mean, smooth = buckets
    return HistoryView(steps, stride, low, high, mean, smooth, np.full(len(low), np.nan))
