"""`charrnn import`: a network of another program's becomes a run, saved before its first step."""

import argparse

from ...exchange.portable import ExchangeError
from ...exchange.safetensors_reader import SUFFIX
from ...files.save_place import SavingError
from ...text.visible import readable
from ..messages import complain_of_saving, tell
from ..opening import open_run

PROGRAM = "charrnn import"


def import_run(options: argparse.Namespace) -> int:
    """Begin the run, save it, and say how to go on with it."""
    if not options.begin_from.lower().endswith(SUFFIX):
        raise ExchangeError(f"“{readable(options.begin_from)}” has to end in {SUFFIX}: no other files are read")
    opened = open_run(options)
    run, saver = opened.run, opened.saver
    if saver is None:
        raise SavingError("nothing would become of it if it weren't saved")
    ends = options.steps or options.seconds
    try:
        if ends and run.settings.schedule != "cosine":
            raise ExchangeError("--steps and --seconds say where a cosine schedule ends, and this run has none")
        saver.save(run.capture(), 0.0)
    finally:
        report = saver.close()
    if report.problem:
        raise SavingError(saver.sentence)
    complain_of_saving(PROGRAM, saver)
    tell(f"{readable(run.session.corpus.name)}: {run.session.corpus.what}; {', '.join(run.settings.sizes)}")
    tell(readable(run.notice))
    again = opened.text_again and f", {opened.text_again}"
    app, command = (opened.resume_command(program) for program in ("charrnn-tui", "charrnn train"))
    tell(f"saved at step 0; to go on{again}: {app}, or {command}")
    return 0
