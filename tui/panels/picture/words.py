"""The words of a description: which are right, how sure each is, and how sure it stays without its worst patch."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.examples.answers import Answer
from charrnn.core.insight.examples.covering import PATCH, Word
from charrnn.core.text.visible import readable

from ...colours.levels import filled
from ...drawing.rows import Row, fitted, row_width, wrapped

MARKS = {True: ("✓ ", "alive"), False: ("✗ ", "attention")}
NOT_LETTERS = ",.;:!?"
LEFT = "blank"  # heads what is left with a patch blank
TOLD = f"blank: the chance that is left where the {PATCH}×{PATCH} dots that matter most are blank"
LONGEST_BAR, LONGEST_WORD = 20, 14


def most_moved(words: Sequence[Word]) -> int:
    """Which of them depends most on some patch of the picture."""
    falls = [float(np.nan_to_num(word.falls).max()) for word in words]
    return max(range(len(falls)), key=falls.__getitem__, default=0)


def words_right(answer: Answer, words: Sequence[Word]) -> list[bool]:
    """Which of the words are words of the right description, at their place among the others."""
    said, right = [word.text for word in words], answer.target.split()
    found = [False] * len(said)
    for block in SequenceMatcher(None, said, right, autojunk=False).get_matching_blocks():
        found[block.a : block.a + block.size] = [True] * block.size
    return found


def forgotten(answer: Answer, words: Sequence[Word]) -> list[str]:
    """The words of the right description that aren't said at all."""
    said = {word.text.strip(NOT_LETTERS) for word in words}
    right = (word.strip(NOT_LETTERS) for word in answer.target.split())
    return [word for word in dict.fromkeys(right) if word not in said]


def draw_words(answer: Answer, words: Sequence[Word], chosen: int, width: int, height: int) -> list[Row]:
    """A row for each word, as many around the chosen one as have room, headed by what the figures are."""
    cells = min(LONGEST_WORD, max((cell_len(readable(word.text)) for word in words), default=1))
    told = wrapped(TOLD, width) if height >= len(words) + 1 + len(wrapped(TOLD, width)) + 1 else []
    room = max(1, height - 1 - len(told) - bool(told))
    first = max(0, min(chosen - room // 2, len(words) - room))
    bar = max(0, min(LONGEST_BAR, width - 2 - cells - 1 - 5 - 2 - 7))
    bar = bar if bar >= 4 else 0
    head = f"{'':<{cells + 2}}{'chance':>6}{'':<{bar + 2 * bool(bar)}}{LEFT:>7}"
    rows: list[Row] = [[(head, "label")]]
    right = words_right(answer, words)
    for place, word in list(enumerate(words))[first : first + room]:
        here = place == chosen
        name = set_cell_size(fitted(readable(word.text.strip(NOT_LETTERS)), cells), cells)
        row: Row = [("▶ ", "attention") if here else MARKS[right[place]]]
        row += [(name, "strong" if here else "plain"), (f" {word.chance:>5.0%}", "plain")]
        if bar:
            length = filled(word.chance, bar)
            row += [("  ", "plain"), ("━" * length, "alive"), ("─" * (bar - length), "faint")]
        row.append((f"{word.left:>7.0%}", "attention" if here else "label"))
        rows.append(row)
    return [*rows, *([[], *told] if told else [])]


def told_in_a_row(word: Word, width: int) -> Row:
    """The chosen word's figures, where there is room for one row only."""
    name = readable(word.text.strip(NOT_LETTERS))
    row: Row = [("▶ ", "attention"), (name, "strong"), (f" {word.chance:.0%}", "plain")]
    more: Row = [(f", {word.left:.0%} with its patch blank", "label")]
    shorter: Row = [(f", {word.left:.0%} blank", "label")]
    return next(([*row, *form] for form in (more, shorter) if row_width([*row, *form]) <= width), row)
