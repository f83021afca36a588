"""What is shown for a character that a terminal would obey, hide or misplace.

A corpus is data. Its control characters must never reach the terminal, and every character must take a place that
can be seen, so that an input stays above its target. Used for everything that comes from a corpus, a sample, a file
name or an argument. It doesn't measure widths; the screen does.
"""

import unicodedata

NEWLINE, TAB, SPACE, BLANK = "↵", "→", "·", "␣"
HIDDEN = "∅"  # takes no room of its own: joiners, direction marks, soft hyphens
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # no agreed picture: unassigned, private, half of a pair
CARRIER = "\N{DOTTED CIRCLE}"  # what a combining mark is drawn on

REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)  # two of them become one flag
SKIN_TONES = range(0x1F3FB, 0x1F400)  # melt into the emoji before them
VARIATION_SELECTORS = (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
JOINING_JAMO = (*range(0x115F, 0x1200), *range(0xD7B0, 0xD800), 0x3164, 0xFFA0)  # no width, or no ink

_HIDDEN_CODES = frozenset((*VARIATION_SELECTORS, *JOINING_JAMO))


def _shown(code: int) -> str:
    character = chr(code)
    if character == "\n":
        return NEWLINE
    if character == "\t":
        return TAB
    if character == " ":
        return SPACE
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code in _HIDDEN_CODES:
        return HIDDEN
    if code in REGIONAL_INDICATORS or code in SKIN_TONES:
        return UNKNOWN
    match unicodedata.category(character):
        case "Cc" | "Cn" | "Co" | "Cs":
            return UNKNOWN
        case "Cf":
            return HIDDEN
        case "Zl" | "Zp":
            return NEWLINE
        case "Zs":
            return BLANK
        case "Mn" | "Me" | "Mc":
            return CARRIER + character
    return character


class _Table(dict[int, str]):
    """A table for `str.translate` that works out an entry when it is first asked for."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(code)
        return shown


_every_character = _Table()
_running_text = _Table({ord(" "): " "})


def visible(text: str) -> str:
    """`text` with every character in sight: spaces as ·, line ends as ↵."""
    return text.translate(_every_character)


def counted(number: int, noun: str) -> str:
    """A number and what it counts: "1 character", "1,200 characters"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def readable(text: str) -> str:
    """`text` as one line to read: like `visible`, but spaces stay spaces."""
    return text.translate(_running_text)
