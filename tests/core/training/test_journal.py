from itertools import pairwise

from charrnn.core.training.journal import MOST_MARKS, MOST_SAMPLES, Journal
from charrnn.core.training.session_state import StepResult


def test_samples_thin_out_but_the_first_and_the_newest_stay():
    journal = Journal()
    for n in range(5000):
        journal.add_sample(n * 100, str(n))
    kept = [s.number for s in journal.samples]
    assert len(kept) <= MOST_SAMPLES
    assert kept[0] == 0
    assert kept[-20:] == list(range(4980, 5000))
    assert kept == sorted(set(kept))
    gaps = [b - a for a, b in pairwise(kept)]
    assert max(gaps) <= 64, "every part of the run is still told"


def test_a_wrap_is_marked_and_the_first_window_is_not():
    journal = Journal()
    for step, fresh in ((0, True), (1, False), (2, True)):
        journal.record(StepResult(step, 1.0, 1.0, fresh, "text" if step == 0 else None))
    assert [(m.step, m.kind) for m in journal.marks] == [(2, "wrap")]
    assert [s.step for s in journal.samples] == [0]


def test_many_wraps_do_not_push_out_what_a_person_did():
    journal = Journal()
    journal.mark(5, "rate", "rate 0.1 → 0.2")
    for step in range(10_000):
        journal.mark(step + 6, "wrap", "")
    assert journal.marks[0].text == "rate 0.1 → 0.2"
    assert len(journal.marks) <= 2 * MOST_MARKS
