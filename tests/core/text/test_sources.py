"""Files, folders, pipes and packed files as sources of a text."""

import bz2
import gzip
import lzma
import os
import sys
import threading

import pytest

from charrnn.core import Corpus, CorpusError
from charrnn.core.text import sources

TEXT = "the owl looks at the moon, and the moon looks at the owl. " * 20
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /proc and /dev/fd as these")


@pytest.fixture
def folder(tmp_path):
    for name, text in (("b.txt", "second " * 10), ("a.txt", "first " * 10), (".hidden", "no "), ("empty.txt", "")):
        (tmp_path / name).write_text(text)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "inside").mkdir()
    return tmp_path


def test_files_are_read_one_after_the_other(folder):
    corpus = Corpus.from_paths([folder / "b.txt", folder / "a.txt"])
    assert corpus.vocabulary.decode(corpus.ids) == "second " * 10 + "first " * 10
    assert [(part.name, part.start) for part in corpus.parts] == [("b.txt", 0), ("a.txt", 70)]
    assert corpus.name == "b.txt and 1 more"
    assert corpus.path == folder / "b.txt"


def test_a_folder_is_its_text_files_in_order_of_name(folder):
    corpus = Corpus.from_path(folder)
    assert [part.name for part in corpus.parts] == ["a.txt", "b.txt"]


def test_the_same_texts_in_another_order_are_another_text(folder):
    one, two = (Corpus.from_paths([folder / a, folder / b]) for a, b in (("a.txt", "b.txt"), ("b.txt", "a.txt")))
    assert one.sha256 != two.sha256
    assert one.sha256 == Corpus.from_path(folder).sha256


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_packed_files_are_unpacked(tmp_path, pack):
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_text(TEXT)
    packed.write_bytes(pack(TEXT.encode()))
    assert Corpus.from_path(packed).sha256 == Corpus.from_path(plain).sha256
    packed.write_bytes(pack(TEXT.encode())[:-20])
    with pytest.raises(CorpusError, match="damaged or cut off"):
        Corpus.from_path(packed)
    packed.write_bytes(pack(TEXT.encode())[:12] + b"something else")
    with pytest.raises(CorpusError, match="damaged or cut off"):
        Corpus.from_path(packed)


def test_what_unpacks_without_an_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST", 3 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * (20 << 20)))
    with pytest.raises(CorpusError, match="larger than"):
        Corpus.from_path(path)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(sources.LARGEST + 1)  # a hole: nothing is on the disk
    monkeypatch.setattr(sources, "_read_all", lambda *_: pytest.fail("it was read"))
    with pytest.raises(CorpusError, match=r"“.*huge” is larger than 4 GB"):
        Corpus.from_path(path)


def test_many_files_are_too_large_together(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST", 1000)
    for name in "ab":
        (tmp_path / name).write_text("x" * 600)
    with pytest.raises(CorpusError, match="larger than"):
        Corpus.from_path(tmp_path)


def test_standard_input_stands_alone(folder):
    with pytest.raises(CorpusError, match="name it alone"):
        Corpus.from_paths(["-", folder / "a.txt"])


def test_a_pipe_with_a_name_is_read_once(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_text, args=(TEXT,))
    writer.start()
    corpus = Corpus.from_path(fifo)
    writer.join()
    assert len(corpus) == len(TEXT)
    assert corpus.path is None
    assert corpus.name == "piped text"


@ON_LINUX
def test_what_only_this_process_has_is_kept_by_no_path():
    read, write = os.pipe()
    os.write(write, TEXT.encode())
    os.close(write)
    assert Corpus.from_path(f"/dev/fd/{read}").path is None
    os.close(read)
    assert Corpus.from_path("/proc/self/status").path is None


@ON_LINUX
def test_a_file_behind_a_descriptor_is_kept_by_its_own_path(tmp_path):
    path = tmp_path / "owl.txt"
    path.write_text(TEXT)
    with path.open() as file:
        assert Corpus.from_path(f"/dev/fd/{file.fileno()}").path == path
        path.unlink()
        assert Corpus.from_path(f"/proc/self/fd/{file.fileno()}").path is None


def test_a_link_stays_the_name_it_was_called_by(tmp_path):
    (tmp_path / "there.txt").write_text(TEXT)
    (tmp_path / "here.txt").symlink_to(tmp_path / "there.txt")
    assert Corpus.from_path(tmp_path / "here.txt").path == tmp_path / "here.txt"
