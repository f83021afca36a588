"""The inside of a run on examples: what is wanted of it, each by those who work it out."""

from ..tasks.describe import Describe
from ..tasks.translate import Translate
from ..training.example_session import ExampleSession
from ..training.run import Run
from .answers import ask, confuse
from .covering import cover
from .translating import places, two_ways, where_from
from .trying import try_out
from .wanted import ANSWERS, CONFUSION, COVERED, OF_EXAMPLES, ORIGINS, PLACES, TRIED, WAYS, Insight, Wanted


def look_at_examples(run: Run, session: ExampleSession, wanted: Wanted) -> Insight:
    """What is wanted of the run now; there is no window of characters to be looked into."""
    needs, task, reader = wanted.needs, session.task, session.reader
    answers = ask(session, wanted.chosen) if ANSWERS in needs else None
    one = answers.one if answers else None
    asks_origins = ORIGINS in needs and reader.attention is None
    return Insight(
        step=session.step_count,
        text="",
        position=0,
        fresh=False,
        loss=run.loss if run.loss is not None else float("nan"),
        rate=session.last_rate,
        smooth_before=session.last_smooth,
        smooth=session.smooth_loss,
        symbols=task.says,
        optimizer=session.optimizer.NAME,
        clipping=session.optimizer.clipping,
        answers=answers,
        confusion=confuse(session) if CONFUSION in needs else None,
        covered=cover(task, reader, one) if isinstance(task, Describe) and one and COVERED in needs else (),
        ways=two_ways(task, reader, one) if isinstance(task, Translate) and one and WAYS in needs else None,
        origins=where_from(task, reader, one) if isinstance(task, Translate) and asks_origins and one else None,
        places=places(session) if PLACES in needs else None,
        tried=try_out(session, wanted.tried) if wanted.tried and TRIED in needs else None,
        needs=needs & OF_EXAMPLES,
    )
