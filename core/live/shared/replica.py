"""A copy of a run in another program: it shows what the run showed at a moment, and never trains.

The last step is made again, from what it began with: then the network holds what panels look at, bit for bit. What was
done to the run since stands over that.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...files.resume import Data, data_of, resumed
from ...insight.observer import Observer
from ...network.products import training_threads
from ...text.carried import carried
from ...text.visible import readable
from ...training.run import Run
from ..moment import Moment
from ..snapshot import Snapshot, take_snapshot
from .frames import FrameError, text_name


class Replica:
    """`run` is as it was at the moment that was taken last; `observer` looks into it for whoever has this copy."""

    def __init__(self, moment: Moment, corpus: Data) -> None:
        """Raises CheckpointError where the text is another one, CorpusError where it is too short."""
        self.run: Run = resumed(moment.checkpoint, corpus)
        self.observer = Observer()
        self.moment = moment
        self.take(moment)

    def take(self, moment: Moment) -> None:
        """Be as the run was then. Raises FrameError where that is a moment of another run."""
        run, session, checkpoint = self.run, self.run.session, moment.checkpoint
        now = checkpoint.settings
        mine = replace(
            run.settings,
            learning_rate=now.learning_rate,
            temperature=now.temperature,
            sample_every=now.sample_every,
            sample_length=now.sample_length,
        )
        if mine != now or checkpoint.corpus.sha256 != session.corpus.sha256:
            raise FrameError("what arrived is a moment of another run")
        session.temperature = now.temperature
        window = rate = smooth = None
        if moment.before is not None:
            session.restore(moment.before)
            session.sample_every = None  # nothing is drawn
            with training_threads(session.model.hidden_size), np.errstate(all="ignore"):
                session.step()
            window, rate, smooth = session.last_window, session.last_rate, session.last_smooth
        session.sample_every, session.sample_length = now.sample_every, now.sample_length
        run.restore(checkpoint.state)
        if window is not None and rate is not None and smooth is not None:
            session.last_window, session.last_rate, session.last_smooth = window, rate, smooth
        run.loss, run.diverged, run.changes = moment.loss, readable(moment.diverged), moment.changes
        self.moment = moment

    def look(self, *, commands_done: int = 0, note: str = "", at_once: bool = True) -> Snapshot:
        """What there is to see; a `note` stands before that of the run."""
        told = {**self.moment.told, **({"note": note} if note else {})}
        with np.errstate(all="ignore"):
            insight = self.observer.look(self.run, at_once=at_once)
            return take_snapshot(self.run, **told, commands_done=commands_done, insight=insight)


def corpus_of(moment: Moment, folder: Path) -> Data:
    """What the run of that moment learns from: read where it was, or from the folder of the socket.

    Raises CheckpointError, CorpusError.
    """
    identity = moment.checkpoint.corpus
    with suppress(OSError):
        return carried(folder / text_name(identity.sha256))
    return data_of(identity, moment.checkpoint.settings)
