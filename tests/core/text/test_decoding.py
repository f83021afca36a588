"""Encodings: marks that are obeyed, names that are asked for, and what is said where neither helps."""

import codecs
import gzip
import os

import pytest

from charrnn.core import Corpus, CorpusError
from charrnn.core.text import decoding
from charrnn.samples import read_sample

TEXT = "Ein schönes Mädchen läuft über die Straße. Où est l'élève? El niño español está aquí.\r\n" * 6
RUSSIAN = "Мой дядя самых честных правил, когда не в шутку занемог, он уважать себя заставил.\n" * 4
GREEK = "Η γρήγορη αλεπού πηδάει πάνω από τον τεμπέλη σκύλο και τρέχει στο δάσος.\n" * 4
POLISH = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności. Zażółć gęślą jaźń.\n" * 4
JAPANESE = "古い池に蛙が飛び込んだ。水の音がした。それから、とても静かになった。ネコはそれを見ていた。\n" * 4
KOREAN = "나는 오늘 아침에 학교에 갔다. 그리고 친구를 만나서 이야기를 했다. 하늘은 파랗고 바람은 시원했다.\n" * 4
TRADITIONAL = "今天我們去學校的時候，看見很多人在那裡說話。他們是我的朋友，也是你的朋友。\n" * 4
CHINESE = read_sample("chinese").decode()[:3000]


def text_of(corpus):
    return corpus.vocabulary.decode(corpus.ids)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "text"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_obeyed_and_dropped(path, encoding):
    path.write_bytes(TEXT.encode(encoding))
    assert text_of(Corpus.from_path(path)) == TEXT


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_a_mark_of_the_other_byte_order_too(path, mark, encoding):
    path.write_bytes(mark + TEXT.encode(encoding))
    assert text_of(Corpus.from_path(path)) == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-7", "gb18030"])
@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_an_encoding_that_is_asked_for_is_used_whatever_the_pieces(path, monkeypatch, encoding, piece):
    monkeypatch.setattr(decoding, "PIECE", piece)
    path.write_bytes(TEXT.encode(encoding))
    corpus = Corpus.from_path(path, encoding=encoding)
    assert text_of(corpus) == TEXT
    assert corpus.encoding == encoding


def test_the_same_text_is_the_same_text_in_every_encoding(path, tmp_path):
    path.write_bytes(TEXT.encode("utf-16"))
    plain = tmp_path / "plain"
    plain.write_bytes(TEXT.encode())
    assert Corpus.from_path(path).sha256 == Corpus.from_path(plain).sha256


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GREEK, "cp1253"),
        (POLISH, "cp1250"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
        (TRADITIONAL, "big5"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("before", ["", "plain ASCII, line after line\n" * 2000], ids=["at once", "late"])
def test_the_likeliest_encoding_is_named_with_line_and_byte(path, text, encoding, before):
    data = before.encode("ascii" if "utf" not in encoding else encoding) + text.encode(encoding)
    path.write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        Corpus.from_path(path)
    if b"\0" in data[:100]:
        assert f"--encoding {encoding}" in str(caught.value)
        return
    with pytest.raises(UnicodeDecodeError) as bad:
        data.decode()
    line = data[: bad.value.start].count(b"\n") + 1
    assert f"is not UTF-8 text: line {line:,}, byte {bad.value.start:,} can't be decoded" in str(caught.value)
    assert f"it may be {encoding}: try --encoding {encoding}" in str(caught.value)
    assert text_of(Corpus.from_path(path, encoding=encoding)) == before + text


def test_noise_is_likely_nothing(path):
    path.write_bytes(bytes(range(1, 256)) * 20)
    with pytest.raises(CorpusError, match=r"line 2, byte 127 can't be decoded \(--encoding NAME reads"):
        Corpus.from_path(path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_zero_bytes_in_every_second_place_are_questioned(path, encoding):
    path.write_bytes("Plain words of ASCII, and nothing else.".encode(encoding))
    with pytest.raises(CorpusError, match=f"say --encoding {encoding}, or --encoding utf-8"):
        Corpus.from_path(path)
    assert "\0" in text_of(Corpus.from_path(path, encoding="utf-8"))


def test_where_the_encoding_that_was_asked_for_is_wrong_that_is_said(path):
    path.write_bytes(CHINESE.encode())
    with pytest.raises(CorpusError, match="is not shift_jis text: line 1, byte"):
        Corpus.from_path(path, encoding="shift_jis")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [TEXT, "plain letters, nothing else\n" * 20], ids=["accents", "ASCII"])
def test_wide_characters_without_a_mark_are_asked_about(path, encoding, text):
    path.write_bytes(text.encode(encoding))
    with pytest.raises(CorpusError, match=f"say --encoding {encoding}"):
        Corpus.from_path(path)
    assert text_of(Corpus.from_path(path, encoding=encoding)) == text


def test_a_file_of_zeros_is_read_as_it_is(path):
    path.write_bytes(bytes(400))
    assert len(Corpus.from_path(path)) == 400


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_beginning_of_a_file_is_its_first_characters(path, encoding, pack):
    path.write_bytes(pack((JAPANESE + TEXT).encode(encoding)))
    for most in (1, 5, 77, 10_000):
        assert decoding.read_beginning(str(path), most) == (JAPANESE + TEXT)[:most]


def test_what_has_no_beginning_is_said(path, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    path.write_bytes(b"\xff\xfeabc \xff\xff" * 9)
    (tmp_path / "latin").write_bytes("Où est l'élève?".encode("latin-1"))
    (tmp_path / "packed").write_bytes(gzip.compress(TEXT.encode())[:40])
    for name, said in (
        ("pipe", "is no file"),
        ("latin", "byte"),
        ("packed", "damaged"),
        ("nowhere", "there is no file"),
        (".", "is a folder"),
    ):
        with pytest.raises(CorpusError, match=said):
            decoding.read_beginning(str(tmp_path / name), 10)
