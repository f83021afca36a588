"""What both programs say on their standard streams, so that both say it alike. It doesn't decide when."""

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from ..text.plain import ERRORS
from ..text.visible import counted, readable

if TYPE_CHECKING:
    from ..files.saver import Saver, SaveReport
    from ..live.snapshot import Snapshot
    from .opening import Opened

NO_MEMORY = "there isn't enough memory for this text, hidden size and window: try smaller ones"


def tell(line: str, stream: TextIO | None = None) -> None:
    """Write a line that nobody may be there to read; to standard output, if not told otherwise."""
    stream = stream or sys.stdout
    try:
        print(line, file=stream, flush=True)
    except OSError:
        # Python flushes again at the end, and would complain.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def steady_streams() -> None:
    """Let no character stop a line from being written, whatever the terminal's encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERRORS)


def complain(program: str, sentence: str) -> None:
    """Say on standard error what went wrong."""
    tell(f"{program}: {readable(sentence)}", sys.stderr)


def summary(s: "Snapshot") -> str:
    """One line about the run."""
    from ..units import bits, window_sum  # not above: a command's help would load NumPy

    smooth = window_sum(s.smooth_loss, s.seq_length)
    told = s.measured and (s.measured[-1].step or not s.step)  # that before step 0 says nothing of what was learnt
    held_out = f", held out {bits(s.measured[-1].loss):.2f} {s.words.unit}{_right(s)}" if told else ""
    if s.right_name:
        return (
            f"{counted(s.step, 'step')} in {s.elapsed:,.1f} s ({s.steps_per_second:,.0f} steps/s), "
            f"{bits(s.smooth_loss):.2f} {s.words.unit}{held_out}"
        )
    return (
        f"{counted(s.step, 'step')} in {s.elapsed:,.1f} s ({s.steps_per_second:,.0f} steps/s), "
        f"smooth loss {f'{smooth:,.0f}' if smooth >= 1000 else f'{smooth:#.4g}'} nats/window, "
        f"{bits(s.smooth_loss):.2f} bits/char{held_out}"
    )


def _right(s: "Snapshot") -> str:
    """How many answers were right when they were measured last, in words."""
    newest = s.measured[-1]
    if newest.right is None or newest.right_in_training is None:
        return ""
    return f", {newest.right:.1%} {s.right_name} ({newest.right_in_training:.1%} in training)"


def complain_of_saving(program: str, saver: "Saver") -> None:
    """Say that saving failed, once for each reason."""
    if saver.place.warning and not saver.warned:
        complain(program, saver.place.warning)
        saver.warned = True
    problem = saver.report.problem
    if problem and problem != saver.said:
        complain(program, saver.sentence)
    saver.said = problem


def complain_of_log(program: str, snapshot: "Snapshot") -> bool:
    """Say that the log isn't whole; whether there was anything to say."""
    if snapshot.log_problem:
        complain(program, f"{snapshot.log_called} ends before the run does: {snapshot.log_problem}")
    return bool(snapshot.log_problem)


def say_how_to_go_on(program: str, opened: "Opened", *, quiet: bool = False) -> "SaveReport | None":
    """Wait for the last save, and say where it is and what to type to go on with it."""
    if opened.saver is None:
        if not quiet:
            tell("not saved, as --no-save asked", opened.voice)
        return None
    report = opened.saver.close()
    complain_of_saving(program, opened.saver)
    if report.number == 0 and report.saved_step is None and not quiet:
        tell("not saved: no step was made", opened.voice)
    if report.saved_step is not None and not quiet:
        again = opened.text_again and f", {opened.text_again}"
        how = f"to go on{again}: {opened.resume_command(program)}"
        tell(f"saved at step {report.saved_step:,}; {how}", opened.voice)
        best = opened.saver.best
        if opened.saver.best_problem:
            complain(program, f"the state that did best on what is held out isn't kept: {opened.saver.best_problem}")
        elif best and best.measured and best.measured.step != report.saved_step:
            what = f"step {best.measured.step:,} did best, with {opened.run.session.in_words(best.measured)}"
            tell(f"held out, {what}; it is kept in {readable(str(best.path))}", opened.voice)
    return report
