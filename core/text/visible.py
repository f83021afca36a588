"""What is shown for a character that a terminal would obey, hide or misplace.

A corpus is data. Its control characters must never reach the terminal, and every character must take a place that
can be seen, so that an input stays above its target. Used for everything that comes from a corpus, a sample, a file
name or an argument. It doesn't measure widths; the screen does.

Terminals disagree about some characters, so nothing may depend on them. Vowel signs that take a cell of their own in
some (Indic scripts) are shown as the letter of that vowel, parts of Hangul syllables as letters. Where text runs on,
marks are composed with what they stand on; where characters are counted, each has its place. Letters that are written
from right to left are kept from changing places with what stands beside them, where a terminal reorders.
"""

import re
import unicodedata
from collections.abc import Iterator

NEWLINE, TAB, SPACE, BLANK = "↵", "→", "·", "␣"
HIDDEN = "∅"  # takes no room of its own: joiners, direction marks, soft hyphens
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # no agreed picture: unassigned, private, half of a pair
CARRIER = "\N{DOTTED CIRCLE}"  # what a combining mark is drawn on
BLANK_LETTER = "\N{BRAILLE PATTERN BLANK}"  # looks like a space, and counts as written from left to right

REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)  # two of them become one flag
SKIN_TONES = range(0x1F3FB, 0x1F400)  # melt into the emoji before them
VARIATION_SELECTORS = (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
JAMO = frozenset((*range(0x1100, 0x1200), *range(0xA960, 0xA97D), *range(0xD7B0, 0xD7FC)))  # melt into syllables
NO_INK = (0x115F, 0x1160, 0x3164, 0xFFA0)
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
BESIDE = re.compile(f"(?<={FROM_RIGHT.pattern}) | (?={FROM_RIGHT.pattern})")  # a space beside such a letter
# Of a vowel sign's name, what makes it that of a letter; and what stands for the signs that are no vowels.
SIGNS = (("VOWEL SIGN ", "LETTER "), ("VOWEL SIGN ", "LETTER VOWEL "), ("CONSONANT SIGN ", "LETTER "))
OTHER_SIGNS = (("VISARGA", "\N{MODIFIER LETTER COLON}"), ("ANUSVARA", "ṁ"), ("CANDRABINDU", "ṁ"))

_HIDDEN_CODES = frozenset((*VARIATION_SELECTORS, *NO_INK))


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
    if code in JAMO:
        return _letter_of_jamo(character)
    match unicodedata.category(character):
        case "Cc" | "Cn" | "Co" | "Cs":
            return UNKNOWN
        case "Cf":
            return HIDDEN
        case "Zl" | "Zp":
            return NEWLINE
        case "Zs":
            return BLANK
        case "Mc":
            return _letter_of_sign(character)
        case "Mn" | "Me":
            return CARRIER + character
    return character


def _letter_of_jamo(character: str) -> str:
    """The letter that is no part of a syllable; a sign where there is none."""
    name = unicodedata.name(character, "")
    for part in ("CHOSEONG", "JUNGSEONG", "JONGSEONG"):
        if part in name:
            try:
                return unicodedata.lookup(name.replace(part, "LETTER"))
            except KeyError:
                return UNKNOWN
    return UNKNOWN


def _letter_of_sign(character: str) -> str:
    """The letter of a spacing sign's vowel; what is usual for other signs; else what a mark is drawn on."""
    name = unicodedata.name(character, "")
    for sign, letter in SIGNS:
        try:
            found = unicodedata.lookup(name.replace(sign, letter))
        except KeyError:
            continue
        if unicodedata.category(found) == "Lo":
            return found
    return next((shown for sign, shown in OTHER_SIGNS if sign in name), CARRIER)


class _Table(dict[int, str]):
    """A table for `str.translate` that works out an entry when it is first asked for."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(code)
        return shown


_every_character = _Table()
_running_text = _Table({ord(" "): " "})


class _Flow(_Table):
    """As running text, but marks stay marks, on the letters before them, and letters from the right as they are."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        as_it_is = unicodedata.category(character) == "Mn" or FROM_RIGHT.match(character)
        if as_it_is and code not in _HIDDEN_CODES and unicodedata.category(character)[0] in "LNM":
            shown = self[code] = character
            return shown
        return super().__missing__(code)


_flow = _Flow({ord(" "): " "})


def visible(text: str) -> str:
    """`text` with every character in sight: spaces as ·, line ends as ↵."""
    return text.translate(_every_character)


def counted(number: int, noun: str) -> str:
    """A number and what it counts: "1 character", "1,200 characters"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def readable(text: str) -> str:
    """`text` as one line to read: like `visible`, but spaces stay spaces."""
    return text.translate(_running_text)


def harmless(text: str) -> str:
    """`text` as it is, but for what a terminal would obey or hide: that is shown. Line ends and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else readable(c) for c in text.replace("\r\n", "\n"))


def flowing(text: str) -> str:
    """`text` as one line to read where nobody counts its characters: composed as Unicode composes it.

    It still has the width that `readable` text has: of each letter with its marks, that of the letter.
    """
    shown = unicodedata.normalize("NFC", text).translate(_flow)
    return CARRIER + shown if shown and unicodedata.category(shown[0]) == "Mn" else shown


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that belong together: a letter with its marks, the parts of a Hangul syllable."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _continues(text[end - 1], text[end]):
            yield text[start:end]
            start = end


def _continues(before: str, character: str) -> bool:
    if unicodedata.category(character) in ("Mn", "Me"):
        return before not in "\n\t "
    return ord(character) in JAMO and ord(before) in JAMO and not _leads(character)


def _leads(character: str) -> bool:
    """Whether a syllable begins with it."""
    return 0x1100 <= ord(character) < 0x1160 or 0xA960 <= ord(character) < 0xA97D


def is_from_right(text: str) -> bool:
    """Whether there are letters in it that are written from right to left."""
    return not text.isascii() and FROM_RIGHT.search(text) is not None


def kept_in_place(text: str, *, flows: bool = False) -> str:
    """A row with such letters in it, in which they keep their places; where it `flows` all together, else each.

    A terminal that reorders takes a space between two letters from the right for a part of their words. Here spaces
    beside them look the same and count as letters from the left; marks without width, made for this, have a width in
    some terminals.
    """
    if flows:
        start, end = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
        before = BLANK_LETTER + text[1:start] if start else ""
        after = BLANK_LETTER + text[end + 1 :] if end < len(text) else ""
        return before + text[start:end] + after
    return BESIDE.sub(BLANK_LETTER, text)
