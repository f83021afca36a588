"""What an observer sees of a small network, on plain and on hostile text."""

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.observer import Observer
from charrnn.core.insight.wanted import NEEDS, Wanted
from charrnn.core.training.run import Run
from charrnn.tui.drawing.rows import row_text

STORY = "The clock was slow,\nand everybody knew it. " * 30
HOSTILE = "[/]\x1b[31m[bold]\x1b]0;title\x07\x9b2J\t中e\u0301\u200d\u202e😀\r\n\0" * 40


def insight_of(text=STORY, steps=60, **options):
    """All there is to know after so many steps."""
    run = Run(TrainingSession(Corpus.from_text(text), **{"hidden_size": 20, "sample_every": 20, **options}))
    observer = Observer()
    observer.wanted = Wanted(NEEDS)
    for _ in range(steps):
        run.step()
        if run.session.step_count > steps - 3:
            insight = observer.look(run, at_once=True)
    return insight


def text_of(rows):
    """What rows say, below each other."""
    return "\n".join(map(row_text, rows))
