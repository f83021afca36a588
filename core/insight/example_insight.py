"""The inside of a run on examples: what is wanted of it, each by those who work it out.

For a window of a text stands the first example of the last batch, for a sample the example that is chosen.
"""

from ..tasks.describe import Describe
from ..tasks.translate import Translate
from ..training.example_session import ExampleSession
from ..training.run import Run
from .example_reading import (
    answer_inside,
    causes_of_answer,
    causes_of_last,
    error_of_last,
    last_inside,
    read_answer,
    read_last,
)
from .examples.answers import Answer, ask, confuse
from .examples.covering import cover
from .examples.translating import places, two_ways, where_from
from .examples.trying import try_out
from .wanted import (
    ANSWERS,
    CAUSES,
    CONFUSION,
    COVERED,
    ERROR_FLOW,
    ERROR_POINTS,
    INSIDE,
    ORIGINS,
    PLACES,
    READING,
    SAMPLE_CAUSES,
    SAMPLE_READING,
    TRIED,
    WAYS,
    Insight,
    Wanted,
)


def look_at_examples(run: Run, session: ExampleSession, wanted: Wanted) -> Insight:
    """What is wanted of the run now. The last step's gradients are read before anything else goes through a network."""
    needs, layer = wanted.needs, min(wanted.layer, session.model.layers - 1)
    window = read_last(session) if needs & {READING, ERROR_FLOW} else None
    inside = last_inside(session, layer) if INSIDE in needs else None
    flow = error_of_last(session) if needs & {ERROR_FLOW, ERROR_POINTS} else None
    answers = ask(session, wanted.chosen) if needs & {ANSWERS, SAMPLE_READING, SAMPLE_CAUSES, INSIDE} else None
    one = answers.one if answers else None
    insight = Insight(
        step=session.step_count,
        text=window.inputs if window else "",
        position=0,
        fresh=True,
        loss=run.loss if run.loss is not None else float("nan"),
        rate=session.last_rate,
        smooth_before=session.last_smooth,
        smooth=session.smooth_loss,
        symbols=session.task.says,
        optimizer=session.optimizer.NAME,
        clipping=session.optimizer.clipping,
        task=session.task.NAME,
        reads=session.task.reads,
        attends=session.model.attends,
        cell=session.model.cell,
        layers=session.model.layers,
        streams=session.streams,
        window=window if READING in needs else None,
        sample=read_answer(session, one) if SAMPLE_READING in needs and one else None,
        sample_step=session.step_count,
        causes=causes_of_last(session) if CAUSES in needs else None,
        sample_causes=causes_of_answer(session, one) if SAMPLE_CAUSES in needs and one else None,
        inside=inside,
        sample_inside=answer_inside(session, one, layer) if INSIDE in needs and one else None,
        error_flow=flow,
        answers=answers if ANSWERS in needs else None,
        confusion=confuse(session) if CONFUSION in needs else None,
        places=places(session) if PLACES in needs else None,
        tried=try_out(session, wanted.tried) if wanted.tried and TRIED in needs else None,
        needs=needs,
    )
    return _of_one(insight, session, one) if one else insight


def _of_one(insight: Insight, session: ExampleSession, one: Answer) -> Insight:
    """What is wanted of the chosen example, by its task."""
    needs, task, reader = insight.needs, session.task, session.reader
    if isinstance(task, Describe) and COVERED in needs:
        return insight._replace(covered=cover(task, reader, one))
    if isinstance(task, Translate):
        return insight._replace(
            ways=two_ways(task, reader, one) if WAYS in needs else None,
            origins=where_from(task, reader, one) if ORIGINS in needs and reader.attention is None else None,
        )
    return insight
