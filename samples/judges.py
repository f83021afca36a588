"""What a network wrote, judged by program: sums that are right, brackets that balance, code and tunes that parse.

Each takes a text and returns the share of its whole lines (or tunes) that are right, and how many there were. The first
and the last line may be cut off and don't count.
"""

import ast
import re
import warnings
from fractions import Fraction
from typing import NamedTuple


class Verdict(NamedTuple):
    """`right` of so many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else float("nan")


def whole_lines(text: str) -> list[str]:
    """The lines without the first and the last, and without empty ones."""
    return [line for line in text.split("\n")[1:-1] if line.strip()]


def judge_sums(text: str) -> Verdict:
    """Lines that are a sum, and the right one."""
    lines = whole_lines(text)
    found = [re.fullmatch(r"(\d{1,9})\+(\d{1,9})=(\d{1,9})", line) for line in lines]
    return Verdict(sum(bool(m) and int(m[1]) + int(m[2]) == int(m[3]) for m in found if m), len(lines))


def balances(line: str) -> bool:
    """Whether every bracket is closed by its own kind, in the right order."""
    opened = []
    for c in line:
        if c in "([{<":
            opened.append(")]}>"["([{<".index(c)])
        elif not opened or opened.pop() != c:
            return False
    return not opened


def judge_brackets(text: str) -> Verdict:
    """Lines of brackets that balance."""
    lines = whole_lines(text)
    return Verdict(sum(map(balances, lines)), len(lines))


def judge_echo(text: str) -> Verdict:
    """Lines with more than 25 dots that end with the digit they begin with."""
    lines = [line for line in whole_lines(text) if re.fullmatch(r"\d\.{26,}\?\d", line)]
    return Verdict(sum(line[0] == line[-1] for line in lines), len(lines))


def parses(line: str) -> bool:
    """Whether a line of Python parses by itself, or as the beginning of a block."""
    code = line.strip()
    for tried in (code, f"{code}\n    pass", f"try:\n    pass\n{code}\n    pass", f"if x:\n    pass\n{code}\n    pass"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # strange escapes and comparisons are no errors
                ast.parse(tried)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return True
    return False


def judge_python(text: str) -> Verdict:
    """Lines of code that parse; comments and lines without any name or sign don't count."""
    lines = [line for line in whole_lines(text) if not line.lstrip().startswith("#") and re.search(r"\w", line)]
    return Verdict(sum(map(parses, lines)), len(lines))


NOTE = re.compile(r"(?:[_^=]?[A-Ga-g][,']*|z)(\d*)(/\d*)?")
BARLINE = re.compile(r"\|:|:\||\|\]|\|\||\|")
METERS = {"4/4": Fraction(1), "6/8": Fraction(3, 4), "3/4": Fraction(3, 4), "2/4": Fraction(1, 2)}
KEY = re.compile(r"[A-G][b#]?(m|min|maj|mix|dor)?")


def tune_problem(tune: str) -> str:
    """What is wrong with a tune in ABC notation, or "": its head, its notes, the length of its bars, its repeats."""
    head: dict[str, str] = {}
    lines = [line for line in tune.strip().split("\n") if line.strip()]
    while lines and re.match(r"[A-Z]:", lines[0]):
        name, _, value = lines.pop(0).partition(":")
        if name in head:
            return f"two lines {name}:"
        head[name] = value.strip()
    for name, right in (("X", r"\d+"), ("T", r"\S.*"), ("M", r"\d/\d"), ("L", r"1/\d+"), ("K", KEY.pattern)):
        if not re.fullmatch(right, head.get(name, "")):
            return f"no right line {name}:"
    if head["M"] not in METERS:
        return "an unknown meter"
    if not lines:
        return "no notes"
    return _music_problem("".join(lines), METERS[head["M"]], Fraction(head["L"]))


def _music_problem(music: str, bar: Fraction, unit: Fraction) -> str:
    place, filled, repeating = 0, Fraction(0), False
    while place < len(music):
        if music[place] == " ":
            place += 1
        elif line := BARLINE.match(music, place):
            if filled not in (0, bar):
                return f"a bar of {filled} where {bar} is right"
            if (line[0] == "|:") == repeating and ":" in line[0]:
                return "a repeat that doesn't open or close"
            repeating = repeating != (":" in line[0])
            filled, place = Fraction(0), line.end()
        elif note := NOTE.match(music, place):
            times = Fraction(int(note[1] or 1))
            if note[2]:
                divisor = int(note[2][1:] or 2)
                if not divisor:
                    return "a note of no length"
                times /= divisor
            filled += times * unit
            place = note.end()
        else:
            return f"{music[place]!r} is no note"
    if filled or repeating:
        return "it ends in the middle"
    return ""


def judge_tunes(text: str) -> Verdict:
    """Tunes that parse; the first and the last may be cut off."""
    tunes = re.split(r"\n\n+", text)[1:-1]
    return Verdict(sum(not tune_problem(tune) for tune in tunes), len(tunes))
