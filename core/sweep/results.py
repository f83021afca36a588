"""What came of a sweep: its table's rows, and `sweep.csv` with a line for each run. Nothing is drawn here."""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..curves.sweep_folder import Configuration, RunRecord, ranked
from ..files.whole import replace_file
from ..units import bits

CSV = "sweep.csv"


class Row(NamedTuple):
    """A configuration, in words; losses in bits per prediction, mean and range over its seeds."""

    label: str
    seeds: str
    steps: str
    mean: str
    low: str
    high: str
    right: str
    smooth: str
    speed: str
    note: str


def rows(runs: Sequence[RunRecord]) -> list[Row]:
    """A row for each configuration, the best first."""
    return [_row(configuration) for configuration in ranked(runs)]


def _row(c: Configuration) -> Row:
    known = [bits(loss) for loss in c.losses if math.isfinite(loss)]
    shares = [run.right for run in c.runs if run.right is not None and math.isfinite(run.held_out)]
    smooth = [bits(run.smooth) for run in c.runs if math.isfinite(run.smooth)]
    seconds, steps = sum(run.seconds for run in c.runs), sum(run.step for run in c.runs)
    first, last = min(run.step for run in c.runs), max(run.step for run in c.runs)
    counted = {state: sum(run.state == state for run in c.runs) for state in dict.fromkeys(r.state for r in c.runs)}
    notes = [f"{count} {state}" for state, count in counted.items() if state != "done"]
    if list(counted) == ["given up"]:
        notes = ["given up"]
    return Row(
        c.label,
        f"{len(known)}" if len(known) == len(c.runs) else f"{len(known)} of {len(c.runs)}",
        f"{last:,}" if first == last else f"{first:,} to {last:,}",
        f"{sum(known) / len(known):.3f}" if known else "",
        f"{min(known):.3f}" if known else "",
        f"{max(known):.3f}" if known else "",
        f"{sum(shares) / len(shares):.1%}" if shares else "",
        f"{sum(smooth) / len(smooth):.3f}" if smooth else "",
        f"{steps / seconds:,.0f}" if seconds else "",
        ", ".join(notes),
    )


def best_run(runs: Sequence[RunRecord]) -> RunRecord | None:
    """The best seed of the best configuration; None where nothing has been measured."""
    best = next((c.best for c in ranked(runs)), None)
    return best if best and math.isfinite(best.held_out) else None


def write_csv(folder: Path, runs: Sequence[RunRecord]) -> Path:
    """A line for each run: its options in the grid, and what came of it. Raises OSError."""
    names = list(dict.fromkeys(name for run in runs for name, _ in run.values))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(
        [
            *(*names, "seed", "state", "steps", "held_out_bits", "right"),
            *("best_held_out_bits", "best_step", "smooth_bits", "seconds", "steps_per_second", "folder"),
        ]
    )
    for run in runs:
        values, best = dict(run.values), run.best
        table.writerow(
            [
                *(values.get(name, "") for name in names),
                *(run.seed, run.state, run.step, _number(run.held_out), _share(run.right)),
                *((_number(best[1]), best[0]) if best else ("", "")),
                *(_number(run.smooth), f"{run.seconds:.3f}"),
                f"{run.step / run.seconds:.1f}" if run.seconds else "",
                run.folder,
            ]
        )
    path = folder / CSV

    def write(file: "io.IOBase") -> None:
        file.write(text.getvalue().encode())

    replace_file(path, write)  # type: ignore[arg-type]
    return path


def _number(nats: float) -> str:
    return f"{bits(nats):.6f}" if math.isfinite(nats) else ""


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.6f}"
