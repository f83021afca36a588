import pytest

from charrnn.core import Corpus, CorpusError
from charrnn.core.tasks.next_character import CorpusWindows


def classic_positions(length, T, count):
    """Where the windows of min-char-rnn start, and which of them begin with an empty memory."""
    position, positions = 0, []
    for n in range(count):
        fresh = position + T + 1 >= length or n == 0
        if fresh:
            position = 0
        positions.append((position, fresh))
        position += T
    return positions


@pytest.mark.parametrize(("length", "T"), [(100, 25), (26, 25), (27, 25), (101, 25), (77, 25), (2, 1), (3, 1), (50, 7)])
def test_the_pointer_walks_and_wraps_as_in_the_classic_program(length, T):
    text = "".join(chr(0x4E00 + i) for i in range(length))
    windows = CorpusWindows(Corpus.from_text(text), T)
    for position, fresh in classic_positions(length, T, 12):
        assert windows.next_input() == position
        window = windows.next_window()
        assert window.fresh == fresh
        assert window.inputs.tolist() == list(range(position, position + T))
        assert window.targets.tolist() == list(range(position + 1, position + T + 1))


def test_epochs_count_passes_and_the_way_through_the_current_one():
    windows = CorpusWindows(Corpus.from_text("ab" * 50), 25)
    seen = []
    for _ in range(5):
        windows.next_window()
        seen.append(windows.epoch)
    assert seen == [0.25, 0.5, 0.75, 1.25, 1.5]


def test_a_text_shorter_than_a_window_and_its_target_is_refused():
    CorpusWindows(Corpus.from_text("abc"), 2)
    with pytest.raises(CorpusError, match=r"too short: it has 3 characters, and a window of 3 .* needs 4"):
        CorpusWindows(Corpus.from_text("abc"), 3)
