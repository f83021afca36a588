"""Kill `charrnn train` at a random moment, resume it, and do that again: nothing that was saved may be lost.

Run by hand: `python tests/faults/kills.py [COUNT]`. SIGKILL can't be caught, so whatever is being written then stays
half written. It isn't about power failure: what the system has taken, it keeps.
"""

import random
import signal
import sys
import time
from pathlib import Path

import numpy as np
from shared import count, differences, ended, own_folder, say_and_exit, start_training, undisturbed, write_text

from charrnn.core import Corpus
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.resume import resumed

HIDDEN = 100
TOO_EARLY, EARLIEST, LATEST = 0.1, 0.3, 1.5  # seconds after its start; the first save comes in the middle
FIRST = 5  # kills at most that come before anything is saved
LOOK_CLOSER = 20  # every so many kills the checkpoint is gone on with here, too
MORE = 50  # steps made then


def arguments(text: Path, path: Path) -> list[object]:
    """What goes on with the run, or begins it where nothing was saved yet."""
    if path.exists():
        return [text, "--resume", path, "--autosave", 0.003]
    return [text, "--checkpoint", path, "--hidden-size", HIDDEN, "--autosave", 0.003]


def killed(text: Path, path: Path, after: float) -> str:
    """Train, and kill; what the program said if it ended by itself."""
    program = start_training(*arguments(text, path))
    time.sleep(after)
    program.kill()
    code, out, err = ended(program)
    return "" if code == -signal.SIGKILL else f"ended by itself with {code}: {out}{err}"


def goes_on(text: Path, path: Path) -> bool:
    """Whether the checkpoint can be trained on."""
    run = resumed(read_checkpoint(path), Corpus.from_path(text))
    with np.errstate(all="ignore"):
        return all(run.step().finite for _ in range(MORE))


def main() -> None:
    """Kill it over and over, then let it end and compare."""
    kills, chance, failures = count(200), random.Random(0), []
    step, early, half_written = 0, 0, 0
    with own_folder() as folder:
        text, path = write_text(folder), folder / "run.npz"
        for i in range(kills):
            between = (TOO_EARLY, EARLIEST) if i < min(FIRST, kills // 4) else (EARLIEST, LATEST)
            said = killed(text, path, chance.uniform(*between))
            if said:
                failures.append(f"kill {i}: {said}")
            half_written += path.with_name(".run.npz.part").exists()
            if not path.exists():
                early += 1
                if step:
                    failures.append(f"kill {i}: the checkpoint of step {step} is gone")
                continue
            try:
                found = read_checkpoint(path).state.step
                if found < step:
                    failures.append(f"kill {i}: back from step {step} to {found}")
                step = max(step, found)
                if i % LOOK_CLOSER == LOOK_CLOSER - 1 and not goes_on(text, path):
                    failures.append(f"kill {i}: {MORE} more steps did not go well")
            except CheckpointError as error:
                failures.append(f"kill {i}: {error}")
        # A last run that may end in peace, and clears away what the killed ones left.
        code, out, err = ended(start_training(*arguments(text, path), "--steps", step + 500))
        if code or err:
            failures.append(f"the last run ended with {code}: {out}{err}")
        if path.with_name(".run.npz.part").exists():
            failures.append("a half-written file is left over")
        checkpoint = read_checkpoint(path)
        reference = undisturbed(text, checkpoint.state.step, hidden_size=HIDDEN)
        if different := differences(checkpoint.state.session, reference):
            failures.append(f"after {checkpoint.state.step} steps it differs in {', '.join(different)}")
    told = f"{early} killed before the first save, {half_written} while a file was written"
    print(f"{checkpoint.state.step:,} steps; {told}", file=sys.stderr)
    say_and_exit(kills, failures, "lost")


if __name__ == "__main__":
    main()
