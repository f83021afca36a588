import io
import os
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.core import Corpus, CorpusError, Vocabulary
from charrnn.core.text import decoding as module
from charrnn.core.text import sources

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates included


@given(ANY_TEXT)
def test_any_text_survives_encoding_and_decoding(text):
    corpus = Corpus.from_text(text)
    assert corpus.vocabulary.decode(corpus.ids) == text
    assert corpus.vocabulary.decode(corpus.vocabulary.encode(text)) == text


@given(ANY_TEXT)
def test_the_vocabulary_is_the_sorted_set_of_characters(text):
    assert Vocabulary(text).characters == "".join(sorted(set(text)))


@given(st.text(min_size=1, max_size=60), st.integers(1, 9))
def test_pieces_of_any_size_give_the_same_ids(tmp_path_factory, text, piece):
    path = tmp_path_factory.mktemp("corpus") / "text"
    text = text.encode("utf-8", "ignore").decode().removeprefix("\ufeff") or "x"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", max(piece, 4))
        corpus = Corpus.from_path(path)
    assert corpus.vocabulary.decode(corpus.ids) == text


@pytest.mark.parametrize(("symbols", "size"), [(2, 1), (256, 1), (257, 2), (3000, 2)], ids=["2", "256", "257", "3000"])
def test_ids_take_no_more_bytes_than_they_need(symbols, size):
    corpus = Corpus.from_text("".join(map(chr, range(0x4E00, 0x4E00 + symbols))))
    assert corpus.ids.dtype == np.dtype(f"u{size}")
    assert corpus.ids.ndim == 1
    assert len(corpus) == symbols


def test_a_byte_order_mark_is_dropped_and_line_ends_are_kept(tmp_path):
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    corpus = Corpus.from_path(path)
    assert corpus.vocabulary.decode(corpus.ids) == "one\r\ntwo\r\n"
    assert corpus.name == "windows.txt"


def test_standard_input_is_a_corpus(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("déjà vu".encode()), encoding="ascii"))
    corpus = Corpus.from_path("-")
    assert corpus.vocabulary.decode(corpus.ids) == "déjà vu"
    assert corpus.name == "standard input"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"abc\xffdef", "byte 3 "), (b"x" * 5 + "é".encode()[:1], "byte 5 ")],
    ids=["empty", "binary", "cut"],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "corpus"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=sentence):
        Corpus.from_path(path)


def test_the_place_of_a_bad_byte_is_counted_from_the_start_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 16)
    path = tmp_path / "corpus"
    path.write_bytes(b"\xef\xbb\xbf" + "é".encode() * 500 + b"\x80 and more")
    with pytest.raises(CorpusError, match="byte 1,003 "):
        Corpus.from_path(path)


def test_files_that_cannot_be_read_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(CorpusError, match="there is no file"):
        Corpus.from_path(tmp_path / "missing")
    with pytest.raises(CorpusError, match="there is no text file in the folder"):
        Corpus.from_path(tmp_path)
    with pytest.raises(CorpusError, match="is a device"):
        Corpus.from_path(os.devnull)
    with pytest.raises(CorpusError, match="there can't be a file “a␀b”"):
        Corpus.from_path("a\0b")


def test_a_source_without_an_end_is_refused(monkeypatch):
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = b"y" * len(buffer)
            return len(buffer)

    monkeypatch.setattr(sources, "LARGEST", 5 << 20)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    with pytest.raises(CorpusError, match="standard input is larger than"):
        Corpus.from_path("-")


def test_names_are_shown_and_never_obeyed(tmp_path):
    with pytest.raises(CorpusError) as caught:
        Corpus.from_path(tmp_path / "\x1b[31mred\u202e")
    assert "\x1b" not in str(caught.value)
    assert "␛[31mred∅" in str(caught.value)


def test_characters_outside_the_vocabulary_are_named():
    with pytest.raises(CorpusError, match="é"):
        Vocabulary("abc").encode("abé")


def test_letter_entropy_is_that_of_the_counts():
    assert Corpus.from_text("aabb").letter_entropy() == pytest.approx(np.log(2))
    assert Corpus.from_text("aaab").letter_entropy() == pytest.approx(0.25 * np.log(4) + 0.75 * np.log(4 / 3))
    assert Corpus.from_text("hello").counts().tolist() == [1, 1, 2, 1]


def test_a_large_text_needs_little_more_memory_than_itself_and_its_ids(tmp_path):
    path = tmp_path / "large"
    size = 24_000_000
    path.write_bytes(b"some words, and others\n" * (size // 23))
    tracemalloc.start()
    Corpus.from_path(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * size + 20_000_000


def test_a_prime_takes_the_accents_of_the_text():
    apart, composed = Corpus.from_text("cafe\u0301 noir"), Corpus.from_text("café noir")
    assert apart.vocabulary.typed("café") == "cafe\u0301"
    assert composed.vocabulary.typed("cafe\u0301") == "café"
    korean = Corpus.from_text("\u1112\u1161\u11ab\u1100\u116e\u11a8")
    assert korean.vocabulary.typed("한국") == "\u1112\u1161\u11ab\u1100\u116e\u11a8"
    assert composed.vocabulary.typed("ß") == "ß", "what it lacks stays, to be named"
