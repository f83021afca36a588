"""Which encoding bytes that aren't UTF-8 may be in: a guess to be offered to a person, never acted on.

Each candidate that can decode a stretch of the bytes is judged by what it makes of them: how many of the characters
beyond ASCII are ones that texts in it are full of.
"""

from collections.abc import Callable
from typing import NamedTuple

STRETCH = 1 << 15  # bytes looked at, on either side of the first that UTF-8 can't have
LIKELY = 0.5  # a score from here on is worth naming
CLOSE = 0.15  # less than the best by so much, it is named beside it
MOST = 3
WITH_ASCII, MOST_ACCENTED = ("cp1252", "cp1250"), 0.4  # their letters are ASCII's but for a share of accented ones


def _first_level(codec: str, rows: range) -> frozenset[str]:
    """The characters that a national standard counts as common: it sorts them into rows of their own."""
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode(codec, "ignore") for pair in pairs))


def _rows(first: int, last: int) -> range:
    return range(first, last + 1)


class Candidate(NamedTuple):
    """An encoding, the characters that its texts are made of, and those that they are full of."""

    name: str
    common: Callable[[], frozenset[str]]
    frequent: frozenset[str]


LATIN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ“”‘’„–—…«»€°§·¡¿")
CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžýáíéúČĎĚŇŘŠŤŮŽÝÁÍÉÚőűŐŰöüäÖÜÄăâîșțşţ“”„–—…")
RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
GREEK = frozenset("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ")
KANA = frozenset(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD)))) | frozenset("、。「」ー・")


def _chinese() -> frozenset[str]:
    return _first_level("gb2312", _rows(0xB0, 0xD7))


def _traditional() -> frozenset[str]:
    cells = (*_rows(0x40, 0x7E), *_rows(0xA1, 0xFE))
    pairs = (bytes((row, cell)) for row in _rows(0xA4, 0xC6) for cell in cells)
    return frozenset("".join(pair.decode("big5", "ignore") for pair in pairs))


def _japanese() -> frozenset[str]:
    return KANA | _first_level("euc_jp", _rows(0xB0, 0xCF))


def _korean() -> frozenset[str]:
    return _first_level("euc_kr", _rows(0xB0, 0xC8))


def _any() -> frozenset[str]:
    return _chinese() | LATIN | RUSSIAN | KANA


CANDIDATES = (
    Candidate("gb18030", _chinese, frozenset("的一是不了在人有我他这个们中来上大为和国")),
    Candidate("big5", _traditional, frozenset("的一是不了在人有我他這個們中來上大為和國")),
    Candidate("shift_jis", _japanese, frozenset("のにはをたがでてとしれさいる、。")),
    Candidate("euc_jp", _japanese, frozenset("のにはをたがでてとしれさいる、。")),
    Candidate("euc_kr", _korean, frozenset("이다는에의을가하고를은지한도로그나사리기")),
    Candidate("cp1252", lambda: LATIN, frozenset("éèàäöüßñóáíçê’“”")),
    Candidate("cp1251", lambda: RUSSIAN, frozenset("оеаинтсрвл")),
    Candidate("koi8_r", lambda: RUSSIAN, frozenset("оеаинтсрвл")),
    Candidate("cp1253", lambda: GREEK, frozenset("αοιετσνηυρ")),
    Candidate("cp1250", lambda: CENTRAL, frozenset("ąęłóśžčěšřáíé")),
    Candidate("utf-16-le", _any, frozenset("的是不のоеа")),
    Candidate("utf-16-be", _any, frozenset("的是不のоеа")),
)
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》「」『』…—·　")


def likely_encodings(data: bytearray, byte: int) -> list[str]:
    """Names for `--encoding`, the likeliest first; `byte` is the first that isn't UTF-8. Empty where none is likely."""
    start = max(0, byte - STRETCH)
    if start:  # from the start of a line, so that no character is cut
        start = max(data.find(b"\n", start, byte) + 1, start)
    stretch = bytes(data[start - start % 2 : byte + STRETCH])
    scores = sorted(((score(stretch, one), -n, one.name) for n, one in enumerate(CANDIDATES)), reverse=True)
    best = scores[0][0]
    return [name for value, _, name in scores if value >= max(LIKELY, best - CLOSE)][:MOST]


def score(stretch: bytes, candidate: Candidate) -> float:
    """From 0 to about 2: the share of common characters beyond ASCII, and how frequent the frequent ones are."""
    for cut in range(4):  # the end may be within a character
        try:
            text = stretch[: len(stretch) - cut].decode(candidate.name)
            break
        except UnicodeDecodeError as error:
            if error.start < len(stretch) - cut - 4:
                return 0.0
    else:
        return 0.0
    beyond = [c for c in text if c > "\x7f" and c not in PUNCTUATION]
    odd = sum((c < " " and c not in "\t\n\r\f") or "\x7f" <= c < "\xa0" for c in text)
    if not beyond or odd > len(text) / 50:
        return 0.0
    common = candidate.common()
    share = sum(c in common for c in beyond) / len(beyond)
    letters = len(beyond) + sum(c.isalpha() for c in text if c < "\x7f")
    if candidate.name in WITH_ASCII and len(beyond) > MOST_ACCENTED * letters:
        return 0.0
    return share * (0.7 + min(1.0, 2 * sum(c in candidate.frequent for c in beyond) / len(beyond)))
