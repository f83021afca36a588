"""From bytes to text: which encoding, and the text in pieces. Which encoding it may be is in `encoding_guess`."""

import codecs
from collections.abc import Iterator

from .encoding_guess import likely_encodings
from .sources import PIECE, Source, read_start
from .vocabulary import CorpusError

MARKS = (  # the longer ones first: a mark of UTF-16 is the start of one of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARK = "\ufeff"
LONGEST = 4  # bytes of a character
LOOKED_AT = 1 << 16  # bytes
FEWEST = 32  # bytes that tell anything
ZEROS = 0.2  # share of zero bytes from which on every second one may be meant


def encoding_of(source: Source, asked: str | None = None) -> str:
    """What was asked for, what a byte-order mark says, or UTF-8. Raises CorpusError where it looks like another."""
    if asked is not None:
        return asked
    for mark, encoding in MARKS:
        if source.data.startswith(mark):
            return encoding
    start = source.data[:LOOKED_AT]
    if len(start) >= FEWEST and start.count(0) >= ZEROS * len(start):
        encoding = _wide(start)
        if encoding:
            raise CorpusError(
                f"{source.shown} looks like {encoding[:6].upper()} without a byte-order mark: say --encoding "
                f"{encoding}, or --encoding utf-8 to read it as it is"
            )
    return "utf-8"


def _wide(start: bytes | bytearray) -> str:
    """The encoding of two or four bytes a character that zeros among these bytes speak for, or ""."""
    quarter = len(start) // 4
    for encoding, zeros, filled in (("utf-32-le", (2, 3), 0), ("utf-32-be", (0, 1), 3)):
        empty = all(start[place::4].count(0) >= 0.9 * quarter for place in zeros)
        if empty and start[filled::4].count(0) < quarter / 2:
            return encoding
    for encoding, low in (("utf-16-le", 1), ("utf-16-be", 0)):
        if start[low::2].count(0) >= 0.9 * start.count(0):
            return encoding
    return ""


def decoded(source: Source, encoding: str, asked: bool = False) -> Iterator[str]:
    """The text in pieces, without a byte-order mark. Raises CorpusError with line, byte and the likeliest encodings."""
    data = source.data
    make, view, first = codecs.getincrementaldecoder(encoding), memoryview(data), True
    decoder, start = make(), 0
    while start < len(data):
        end = min(start + PIECE, len(data))
        held = decoder.getstate()[0]  # the start of a character that the last piece cut
        try:
            text = decoder.decode(bytes(view[start:end]), end == len(data))
        except UnicodeDecodeError as error:
            byte = start - len(held) + error.start
            raise CorpusError(_undecodable(source, encoding, byte, asked)) from None
        except UnicodeError:
            raise CorpusError(f"{source.shown} is not {encoding} text") from None
        if first and text:
            text, first = text.removeprefix(MARK), False
        yield text
        start = end


def read_beginning(name: str, most: int, encoding: str | None = None) -> str:
    """At most so many characters of a file's start, whatever else is in it. Raises CorpusError."""
    enough = LONGEST * (most + 1)  # a mark may come first
    source = read_start(name, enough)
    data, encoding = bytes(source.data), encoding_of(source, encoding)
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data, len(data) < enough)
    except UnicodeDecodeError as error:
        raise CorpusError(_undecodable(source, encoding, error.start, False)) from None
    except UnicodeError:
        raise CorpusError(f"{source.shown} is not {encoding} text") from None
    return text.removeprefix(MARK)[:most]


def _undecodable(source: Source, encoding: str, byte: int, asked: bool) -> str:
    line = source.data.count(b"\n", 0, byte) + 1
    name = "UTF-8" if encoding == "utf-8" else encoding
    said = f"{source.shown} is not {name} text: line {line:,}, byte {byte:,} can't be decoded"
    likely = [one for one in likely_encodings(source.data, byte) if one != encoding]
    if not likely:
        return said if asked else f"{said} (--encoding NAME reads other encodings)"
    others = f", or {' or '.join(likely[1:])}" if likely[1:] else ""
    return f"{said}; it may be {likely[0]}: try --encoding {likely[0]}{others}"
