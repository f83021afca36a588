"""Disturb what is around `charrnn train` while it runs: its text, a second program, the clock, its time to work.

It is run by `disks`. The clock of the machine isn't changed, only that of saved files.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from shared import OFTEN, STEPS, Fault, Place, differences, ended, expect, saved, start_training, undisturbed

from charrnn.core.files.checkpoint_reader import read_checkpoint


def a_text_disturbed(how: Callable[[Path], object]) -> Fault:
    """Something happens to the text while it trains: what was read is trained on."""

    def fault(place: Place) -> None:
        reference = undisturbed(place.text, STEPS)
        program = start_training(place.text, "--checkpoint", place.path, "--steps", STEPS, *OFTEN)
        saved(place.path)
        how(place.text)
        expect(program.poll() is None, "it ended too early to tell")
        code, out, err = ended(program)
        expect(code == 0 and not err, f"{code} {out}{err}")
        different = differences(read_checkpoint(place.path).state.session, reference)
        expect(not different, f"it differs in {', '.join(different)}")

    return fault


def two_programs(place: Place) -> None:
    """The second program that wants to save there says so, and ends; the first goes on."""
    first = start_training(place.text, "--checkpoint", place.path, "--steps", STEPS, *OFTEN)
    saved(place.path)
    code, out, err = ended(start_training(place.text, "--resume", place.path, "--steps", 2 * STEPS))
    expect(first.poll() is None, "it ended too early to tell")
    expect(code == 2 and not out and err.count("\n") == 1 and "another program" in err, f"{code} {out}{err}")
    code, out, err = ended(first)
    expect(code == 0 and not err, f"{code} {out}{err}")


def a_takeover(place: Place) -> None:
    """The second program begins while the first one ends: what the first saved last isn't undone by it."""
    place.text.write_bytes(place.text.read_bytes() * 900)  # opening it takes a while
    ended(start_training(place.text, "--checkpoint", place.path, "--steps", 10))
    for delay in (0.3, 0.4, 0.5, 0.6, 0.7):
        first = start_training(place.text, "--resume", place.path, "--autosave", 1000)
        time.sleep(3)
        second = start_training("--resume", place.path, "--autosave", 1000)
        time.sleep(delay)
        first.terminate()
        ended(first)
        step = read_checkpoint(place.path).state.step
        time.sleep(2)
        second.terminate()
        code = ended(second)[0]
        found = read_checkpoint(place.path).state.step
        expect(
            found >= step,
            f"step {step} was saved; a program begun {delay} s before (it ended with {code}) left {found}",
        )


def a_clock_that_jumped(place: Place) -> None:
    """Another run was saved in the future: the one saved last is still the newest."""
    shutil.rmtree(os.environ["XDG_STATE_HOME"], ignore_errors=True)
    for ahead in (3600, 86400 * 365 * 10):
        ended(start_training(place.text, "--steps", 30))
        for file in Path(os.environ["XDG_STATE_HOME"]).rglob("*.npz"):
            os.utime(file, (time.time() + ahead,) * 2)
        out = ended(start_training(place.text, "--steps", 40))[1]
        here = out.split("--resume ")[1]
        for arguments in ((place.text, "--resume"), ("--resume",)):
            steps = 50 if arguments[0] == place.text else 60
            code, out, err = ended(start_training(*arguments, "--steps", steps))
            expect(code == 0 and not err and out.endswith(here), f"{code} {out}{err}, not {here}")


def a_long_sleep(place: Place) -> None:
    """Stopped for eight seconds: they aren't counted as training."""
    start = time.monotonic()
    program = start_training(place.text, "--checkpoint", place.path, *OFTEN)
    saved(place.path)
    program.send_signal(signal.SIGSTOP)
    time.sleep(8)
    program.send_signal(signal.SIGCONT)
    time.sleep(1.5)
    program.terminate()
    code, out, err = ended(program)
    took, elapsed = time.monotonic() - start, read_checkpoint(place.path).elapsed
    expect(code == 128 + signal.SIGTERM, f"{code} {out}{err}")
    expect(1 < elapsed < took - 7.5, f"{elapsed:.1f} s counted of {took:.1f} s, 8 of them asleep")


FAULTS: dict[str, Fault] = {
    "the text deleted": a_text_disturbed(Path.unlink),
    "the text cut off": a_text_disturbed(lambda text: os.truncate(text, 100)),
    "the text changed": a_text_disturbed(lambda text: text.write_text("something else entirely " * 4000)),
    "two programs": two_programs,
    "a takeover": a_takeover,
    "a clock that jumped": a_clock_that_jumped,
    "a long sleep": a_long_sleep,
}
