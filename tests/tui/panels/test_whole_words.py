"""No word of ours is cut, in any panel at any width from 60 columns up."""

import re

import pytest
from watched import STORY

from charrnn.core.insight.asked.typed import Typing
from charrnn.core.insight.observer import Observer
from charrnn.core.insight.wanted import NEEDS, Wanted
from charrnn.core.live.snapshot import take_snapshot
from charrnn.core.text.corpus import Corpus
from charrnn.core.text.vocabulary import Vocabulary
from charrnn.core.training.run import Run
from charrnn.core.training.session import TrainingSession
from charrnn.tui.bars.hints import draw_hint
from charrnn.tui.bars.status_rows import draw_status
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panel_list import TEXT
from charrnn.tui.panels.my_text.draft import Draft
from charrnn.tui.panels.my_text.panel import MyTextPanel
from charrnn.tui.panels.one_step.panel import PHASES
from charrnn.tui.panels.panel import RowsPanel
from charrnn.tui.panels.scene import Scene

WIDEST = 300  # where every sentence has all the room it wants
LINES = (("even guessing", 3.2), ("single letters", 2.4), ("letter pairs", 1.9), ("gzip", 1.0))
# Whatever the network writes, none of it can be taken for a word of ours.
GREEK = re.sub(r"[A-Za-z]", lambda letter: chr(ord("α") + ord(letter[0]) % 24), STORY)
MINE = GREEK[:60] + "\n" + GREEK[50:150]  # what somebody types
LETTERS = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def snapshot():
    """A run with everything in it that panels show; its text has no words of ours in it."""
    return snapshot_of()


@pytest.fixture(scope="module")
def gated():
    """The same with gates, layers and streams."""
    return snapshot_of(cell="lstm", layers=2, streams=4)


def snapshot_of(**network):
    """After 400 steps."""
    corpus = Corpus.from_text(GREEK, "story")
    run = Run(TrainingSession(corpus, hidden_size=100, held_out=0.3, sample_length=60, **network))
    observer = Observer()
    observer.wanted = Wanted(NEEDS, typing=Typing(MINE, 9, 1))
    for step in range(400):
        if step % 40 == 10:
            observer.look(run, at_once=True)
        run.step()
    return take_snapshot(
        run, state="paused", steps_per_second=10.0, elapsed=3.0, insight=observer.look(run, at_once=True)
    )


def scene(snapshot):
    vocabulary = Vocabulary(GREEK)
    return Scene(snapshot, 0.0, vocabulary, LINES, (), lambda _: None, at_once=True)


def words(rows):
    """The words in them, a row at a time: one that is wrapped isn't cut."""
    return {word for row in rows for word in LETTERS.findall(row_text(row))}


def pictures(panel, width, snapshot):
    """Everything the panel draws at that width, from a high one to a low one."""
    for height in (45, 31, 21, 16, 11, 8, 5):
        panel.show(scene(snapshot))
        if isinstance(panel, MyTextPanel):
            panel.draft = Draft(MINE, 9)
        if panel.name == "neurons":
            panel.part = "forget" if height % 2 else "h"
        if panel.name == "one_step":
            panel.phase = -1
            yield panel.draw(width, height)  # before anything is told
            assert panel.tell(1, snapshot.step - 1)
            for _ in PHASES:
                yield panel.draw(width, height)
                panel.tell(1, snapshot.step)
        else:
            yield panel.draw(width, height)


@pytest.mark.parametrize("kind", [panel for panel in TEXT.panels if issubclass(panel, RowsPanel)], ids=lambda p: p.name)
@pytest.mark.parametrize("network", ["snapshot", "gated"])
def test_no_word_is_cut_in_a_panel(kind, network, request):
    snapshot = request.getfixturevalue(network)
    panel = kind()
    vocabulary, cut = set(), set()
    for width in (WIDEST, 200, 160, 120, 100, 80, 60):
        vocabulary |= {w for rows in pictures(panel, width, snapshot) for w in words(rows)}
    for width in range(58, 121, 1 if kind.name != "one_step" else 3):
        for rows in pictures(panel, width, snapshot):
            assert all(row_width(row) <= width for row in rows), (width, [row_text(r) for r in rows])
            for row in rows:
                last = row_text(row)[:width].rstrip()
                found = re.search(r"[A-Za-z]{2,}$", last)
                if row_width(row) >= width and found and found[0] not in vocabulary:
                    cut.add((width, last[-40:]))
                short = re.search(r"([A-Za-z]{3,})…$", last)
                if short and any(word.startswith(short[1]) and word != short[1] for word in vocabulary):
                    cut.add((width, last[-40:]))
    assert not cut


@pytest.mark.parametrize("width", range(60, 200))
def test_no_word_is_cut_around_the_panels(width, snapshot):
    full = words(draw_status(snapshot, "", WIDEST)) | words(draw_status(snapshot, "", WIDEST, 1))
    for height in (1, 2):
        rows = draw_status(snapshot, "", width - 2, height)
        assert all(row_width(row) <= width - 2 for row in rows)
        assert words(rows) <= full | {"bits", "window"}
    assert row_width(draw_hint(frozenset(), width - 2)) <= width - 2
