import numpy as np
import pytest

from charrnn.core import Corpus, CorpusError
from charrnn.core.tasks.next_character import CorpusWindows
from charrnn.core.tasks.streams import StreamWindows, windows_of
from charrnn.core.text.corpus import Part


def corpus_of(length):
    return Corpus.from_text("".join(chr(0x4E00 + i) for i in range(length)))  # every character tells its place


def places(corpus, ids):
    return [[ord(corpus.vocabulary.characters[i]) - 0x4E00 for i in row] for row in np.asarray(ids).tolist()]


def test_stream_b_starts_at_its_share_of_the_text_and_walks_on():
    corpus = corpus_of(100)
    windows = StreamWindows(corpus, 5, 4)
    first, second = windows.next_window(), windows.next_window()
    assert places(corpus, first.inputs.T) == [list(range(s, s + 5)) for s in (0, 25, 50, 75)]
    assert places(corpus, first.targets.T) == [list(range(s + 1, s + 6)) for s in (0, 25, 50, 75)]
    assert places(corpus, second.inputs.T) == [list(range(s + 5, s + 10)) for s in (0, 25, 50, 75)]
    assert (first.fresh, second.fresh, second.clears) == (True, False, [])


def test_all_wrap_together_and_no_target_lies_beyond_a_streams_part():
    corpus = corpus_of(103)
    windows = StreamWindows(corpus, 5, 4)
    for _ in range(3):
        fresh = []
        for _ in range(windows.windows):
            window = windows.next_window()
            fresh.append(window.fresh)
            for b, column in enumerate(places(corpus, window.targets.T)):
                assert b * 103 // 4 < min(column)
                assert max(column) < (b + 1) * 103 // 4
        assert fresh == [True] + [False] * (windows.windows - 1)
    assert windows.passes == 2
    assert windows.epoch == 3


def test_one_stream_has_the_windows_of_the_classic_walk():
    corpus = corpus_of(83)
    one, classic = StreamWindows(corpus, 7, 1), CorpusWindows(corpus, 7)
    for _ in range(40):
        window, other = one.next_window(), classic.next_window()
        assert window.first.inputs.tolist() == other.inputs.tolist()
        assert window.fresh == other.fresh
        assert one.place == classic.place


def test_a_stream_that_comes_to_the_next_file_begins_it_with_an_empty_memory():
    corpus = corpus_of(120)
    corpus.parts = (Part("a", None, 0), Part("b", None, 42))
    windows = StreamWindows(corpus, 5, 2)
    seen = [windows.next_window() for _ in range(windows.windows)]
    assert not any(row[0] < 42 <= row[-1] + 1 for w in seen for row in places(corpus, w.inputs.T))
    cleared = [(w.first.inputs.tolist()[0], w.clears, w.begins) for w in seen if w.clears]
    assert cleared == [(corpus.ids[42], [0], 1)]


def test_the_place_is_a_number_that_a_walk_can_go_on_from():
    corpus = corpus_of(200)
    walked, other = StreamWindows(corpus, 6, 3), StreamWindows(corpus, 6, 3)
    for _ in range(4):
        walked.next_window()
    other.position, other.passes, other.started = walked.position, walked.passes, walked.started
    assert other.next_input() == walked.next_input() == walked.next_window().first.inputs[0]
    assert other.next_window().inputs.tolist() == corpus.ids[np.arange(24, 30)[:, None] + [0, 66, 133]].tolist()


@pytest.mark.parametrize("length", [50, 66, 107, 600])
def test_a_text_too_short_for_its_streams_says_how_many_it_is_good_for(length):
    corpus = corpus_of(length)
    with pytest.raises(CorpusError, match=r"good for \d+ at most") as caught:
        windows_of(corpus, 10, 256, None)
    good_for = int(str(caught.value).split("good for ")[1].split()[0])
    assert windows_of(corpus, 10, good_for, None).next_window().inputs.shape[0] == 10
    if good_for > 1:
        assert isinstance(windows_of(corpus, 10, good_for, None), StreamWindows)


def test_what_is_too_short_for_one_stream_is_told_as_ever():
    with pytest.raises(CorpusError, match="too short: it has 9 characters"):
        windows_of(corpus_of(9), 10, 4, None)


@pytest.mark.parametrize("streams", [0, 257])
def test_a_number_of_streams_that_cannot_be_is_refused(streams):
    with pytest.raises(ValueError, match="1 to 256 streams"):
        windows_of(corpus_of(100), 10, streams, None)
