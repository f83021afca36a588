"""Stand-ins from ASCII for whatever else is shown, where a terminal or a stream can't do more. Widths stay the same."""

import codecs
import unicodedata

LIKE = {
    "-": "─┄┅┈╌╍╴⎯–—−‐‑⁻▔", "=": "━═", "|": "‖│┃┊┋╎╏¦❘", "+": "┌┐└┘├┤┬┴┼╭╮╰╯╋┏┓┗┛", '"': "“”„«»", "'": "‘’‚",
    ".": "…•", "~": "·±",
    "*": "●◆■◉★✓", "o": "○◌◦□∘", ">": "→▶▸►", "<": "←◀◂◄↶", "^": "↑▲▴␛␍", "v": "↓▼▾", "@": "↺↻⟲", "x": "✕✗×", "V": "√",
    "d": "∂", "0": "∅", "/": "÷", "$": "↵", "_": "␣", ":": "꞉", " ": "\u2800\u00a0",
}  # fmt: skip
SIGNS = {sign: plain for plain, signs in LIKE.items() for sign in signs}
BLOCKS = dict(zip("▁▂▃▄▅▆▇█▀▌▐░▒▓", "_.,-=+*#'||.:%", strict=True))
DENSE = 6  # dots of a braille cell that fill it


def _of_braille(code: int) -> str:
    """By which of its four rows of dots are set."""
    dots = code - 0x2800
    rows = [bool(dots & mask) for mask in (0x09, 0x12, 0x24, 0xC0)]
    if dots.bit_count() >= DENSE:
        return "#"
    upper, lower = rows[0] or rows[1], rows[2] or rows[3]
    if not (upper or lower):
        return " "
    if rows[1] and rows[2]:
        return ":" if rows[0] or rows[3] else "-"
    return ":" if upper and lower else "'" if upper else "."


def _stand_in(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return character
    if 0x2800 <= code < 0x2900:
        return _of_braille(code)
    if character in SIGNS or character in BLOCKS:
        return SIGNS.get(character) or BLOCKS[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return ""
    if unicodedata.east_asian_width(character) in "WF":
        return "??"
    base = unicodedata.normalize("NFKD", character)[0]
    return base if " " <= base < "\x7f" else "?"


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        shown = self[code] = _stand_in(chr(code))
        return shown


_table = _Table()


def in_ascii(text: str) -> str:
    """The text in ASCII, each character in as many cells as before."""
    return text if text.isascii() else text.translate(_table)


def _encode_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return in_ascii(error.object[error.start : error.end]), error.end


ERRORS = "charrnn-plain"
codecs.register_error(ERRORS, _encode_plainly)
