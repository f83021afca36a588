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


# Several files


@pytest.fixture
def several(tmp_path):
    def make(*lengths, T=4):
        for n, length in enumerate(lengths):
            (tmp_path / f"{n}.txt").write_text((chr(ord("a") + n) + "x") * (length // 2) + "x" * (length % 2))
        return CorpusWindows(Corpus.from_path(tmp_path), T)

    return make


def test_no_window_reaches_into_the_next_file(several):
    windows = several(11, 5, 10)
    text = windows.corpus.vocabulary.decode(windows.corpus.ids)
    seen = [windows.next_window() for _ in range(8)]
    inputs = ["".join(windows.corpus.vocabulary.characters[i] for i in w.inputs) for w in seen]
    assert inputs == [text[0:4], text[4:8], text[11:15], text[16:20], text[20:24], text[0:4], text[4:8], text[11:15]]
    assert [w.fresh for w in seen] == [True, False, True, True, False, True, False, True]
    assert [w.begins for w in seen] == [0, 0, 1, 2, 0, 0, 0, 1]
    assert windows.passes == 1


def test_of_each_file_as_much_is_read_as_if_it_were_the_text(several, tmp_path):
    windows = several(23, 30)
    alone = CorpusWindows(Corpus.from_path(tmp_path / "1.txt"), 4)
    mine = [w for w in (windows.next_window() for _ in range(40)) if "b" in windows.corpus.vocabulary.decode(w.inputs)]
    for w in mine:
        other = alone.next_window()
        assert windows.corpus.vocabulary.decode(w.inputs) == alone.corpus.vocabulary.decode(other.inputs)
        assert w.fresh == other.fresh


def test_files_without_room_for_a_window_are_passed_over(several):
    windows = several(3, 12, 4, 9)
    assert windows.left_out == "2 of 4 files are shorter than a window and left out"
    assert [windows.next_window().begins for _ in range(5)] == [0, 0, 3, 0, 0]
    with pytest.raises(CorpusError, match="each file is too short"):
        several(3, 4, 4, 4)


def test_what_is_read_next_is_known_at_every_place(several):
    windows = several(11, 5, 10)
    for _ in range(12):
        following = windows.next_input()
        anew = windows.at_end
        window = windows.next_window()
        assert window.inputs[0] == following
        assert window.fresh == (anew or _ == 0)
