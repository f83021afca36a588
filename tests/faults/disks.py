"""Take away the disk or the folder while `charrnn train` runs: training goes on, and what was saved stays.

Run by hand: `python tests/faults/disks.py [COUNT]` goes through everything so many times, and through `around`. Some
of it needs root on Linux (a disk of its own to fill); what can't be done here is said to be skipped.
"""

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from around import FAULTS as AROUND
from shared import (
    OFTEN,
    PATIENCE,
    STEPS,
    Fault,
    Place,
    Skipped,
    count,
    ended,
    expect,
    go_through,
    saved,
    start_training,
)

from charrnn.core.files.checkpoint_reader import read_checkpoint

ROOT = os.geteuid() == 0


def begun(place: Place, steps: int = 50) -> bytes:
    """A whole checkpoint, from a run that ended well."""
    code, out, err = ended(start_training(place.text, "--checkpoint", place.path, "--steps", steps))
    expect(code == 0 and not err, f"it could not begin: {code} {out}{err}")
    return place.path.read_bytes()


def complained(code: int, out: str, err: str, sentence: str, steps: int = STEPS) -> None:
    """Training went on to its end, and it was said that it isn't saved."""
    expect(f"{steps:,} steps in" in out, f"training did not go on: {code} {out}{err}")
    expect(code == 1 and sentence in err and err.count("\n") == 1, f"no complaint: {code} {out}{err}")


@contextmanager
def small_disk(where: Path, size: int) -> Iterator[Path]:
    """A disk in memory."""
    where.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(where)]
    if not ROOT or not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        raise Skipped("it needs root, and leave to mount")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)


def a_file_too_large(place: Place) -> None:
    """The system allows no file as large as a checkpoint."""
    old = begun(place)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    program = start_training(place.text, "--resume", place.path, "--steps", STEPS, *OFTEN, preexec_fn=limit)
    complained(*ended(program), "larger than the system allows")
    expect(place.path.read_bytes() == old, "the old checkpoint has changed")


def a_full_disk(place: Place) -> None:
    """One checkpoint fits, a second one beside it doesn't."""
    size = len(begun(place))
    with small_disk(place.text.with_name("disk"), size * 3 // 2) as disk:
        place = Place(place.text, disk / "run.npz")
        old = begun(place)
        program = start_training(place.text, "--resume", place.path, "--steps", STEPS, *OFTEN)
        complained(*ended(program), "the disk is full")
        expect(place.path.read_bytes() == old, "the old checkpoint has changed")
        expect(not place.path.with_name(".run.npz.part").exists(), "half a file is left on a full disk")


def a_read_only_disk(place: Place) -> None:
    """Read-only before it begins: one sentence."""
    with small_disk(place.text.with_name("disk"), 1 << 22) as disk:
        place = Place(place.text, disk / "run.npz")
        old = begun(place)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        code, out, err = ended(start_training(place.text, "--resume", place.path, "--steps", STEPS))
        expect(code == 2 and not out and "read-only" in err and err.count("\n") == 1, f"{code} {out}{err}")
        expect(place.path.read_bytes() == old, "the old checkpoint has changed")


def a_locked_folder(place: Place) -> None:
    """Nothing may be written to the folder any more, while it trains; later on it may again."""
    home = place.path.parent
    lock, unlock = (["chattr", "+i"], ["chattr", "-i"]) if ROOT else (["chmod", "u-w"], ["chmod", "u+w"])
    for again in (False, True):
        program = start_training(place.text, "--checkpoint", place.path, "--steps", 2 * STEPS, *OFTEN)
        saved(place.path)
        if not shutil.which(lock[0]) or subprocess.run([*lock, str(home)], capture_output=True, check=False).returncode:
            ended(program)
            raise Skipped("this file system can't lock a folder for root")
        try:
            old = place.path.read_bytes()
            if again:
                time.sleep(0.5)
                expect(program.poll() is None, "it ended too early to tell")
            else:
                complained(*ended(program), "you may not write there", 2 * STEPS)
                expect(place.path.read_bytes() == old, "the old checkpoint has changed")
        finally:
            subprocess.run([*unlock, str(home)], check=True)
        if again:
            code, out, err = ended(program)
            expect(code == 0 and "you may not write there" in err, f"{code} {out}{err}")
            expect(read_checkpoint(place.path).state.step == 2 * STEPS, "the end isn't saved")
        place.path.unlink()


def removed(folder: Path) -> None:
    """Gone at once: it is renamed first, because it may be written to meanwhile."""
    away = folder.with_name("away")
    folder.rename(away)
    shutil.rmtree(away)


def a_folder_gone(place: Place) -> None:
    """The folder that the person named is deleted while it trains: that is said, or it is made anew."""
    program = start_training(place.text, "--checkpoint", place.path, "--steps", STEPS, *OFTEN)
    saved(place.path)
    removed(place.path.parent)
    expect(program.poll() is None, "it ended too early to tell")
    code, out, err = ended(program)
    if code == 0:
        expect(not err and read_checkpoint(place.path).state.step == STEPS, f"it isn't made anew: {out}{err}")
    else:
        complained(code, out, err, "its folder is gone")


def the_state_folder_gone(place: Place) -> None:
    """The folder of all runs is deleted while it trains: it is made anew, and still nobody else may save there."""
    state = Path(os.environ["XDG_STATE_HOME"])
    program = start_training(place.text, "--steps", 4 * STEPS, *OFTEN)
    run_saved(state)
    removed(state)
    path = run_saved(state)
    second = start_training(place.text, "--resume", path, "--steps", 8 * STEPS)
    code_of_second = ended(second)[0] if program.poll() is None else None
    code, out, err = ended(program)
    expect(code == 0 and not err, f"{code} {out}{err}")
    expect(read_checkpoint(path).state.step == 4 * STEPS, "the end isn't saved")
    expect(code_of_second == 2, f"a second program could save to the same place, it ended with {code_of_second}")


def run_saved(state: Path) -> Path:
    """Wait for a save in the state folder."""
    end = time.monotonic() + PATIENCE
    while not (found := list(state.rglob("checkpoint.npz"))):
        expect(time.monotonic() < end, "nothing is saved")
        time.sleep(0.02)
    return found[0]


FAULTS: dict[str, Fault] = {
    "a file too large": a_file_too_large,
    "a full disk": a_full_disk,
    "a read-only disk": a_read_only_disk,
    "a locked folder": a_locked_folder,
    "its folder gone": a_folder_gone,
    "the state folder gone": the_state_folder_gone,
}


if __name__ == "__main__":
    go_through(FAULTS | AROUND, count(1))
