"""A lesson in rows: a column beside the panels, or a few rows below them. Pure functions.

No sentence is cut: where there is no room for all of it, whole parts go. The step that is to be done goes last.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import chop_cells

from ..drawing.rows import Row, Span, first_fitting, fitted, row_width
from .course import Course

LABEL = 7  # columns of “Press”, “Look” and “So far”
DONE, NEXT, LATER, SKIPPED = "✓", "▶", "○", "–"
KEYS = "^l"
COLUMN_ROWS = 12  # below which a column is drawn like a strip
KEY = re.compile(r"`([^`]+)`")


class Place(NamedTuple):
    """Where the lesson stands among others, and what the next one is called, if there is one."""

    words: str = "Lesson"
    next_title: str = ""


def spans_of(text: str, role: str = "plain") -> list[Span]:
    """A sentence in which `keys` between backticks stand out."""
    pieces = KEY.split(text)
    return [(piece, "alive" if place % 2 else role) for place, piece in enumerate(pieces) if piece]


def wrapped_spans(spans: Sequence[Span], width: int) -> list[Row]:
    """The spans in rows of whole words; a word that is longer than a row is divided."""
    width = max(1, width)
    rows: list[Row] = [[]]
    for word in _words(spans):
        gap = 1 if rows[-1] else 0
        if row_width(rows[-1]) + gap + row_width(word) <= width:
            rows[-1] = [*rows[-1], *([(" ", "plain")] if gap else []), *word]
        elif row_width(word) <= width:
            rows.append(list(word))
        else:
            pieces: list[Row] = [[(piece, role)] for text, role in word for piece in chop_cells(text, width)]
            rows += pieces if rows[-1] else []
            rows = rows if gap else [*rows[:-1], *pieces]
    return [row for row in rows if row]


def _words(spans: Sequence[Span]) -> list[Row]:
    """The spans at their spaces; what stands together without one stays together."""
    words: list[Row] = [[]]
    for text, role in spans:
        for place, piece in enumerate(text.split(" ")):
            if place and words[-1]:
                words.append([])
            if piece:
                words[-1].append((piece, role))
    return [word for word in words if word]


def labelled(label: str, spans: Sequence[Span], width: int) -> list[Row]:
    """Rows with a label before the first."""
    rows = wrapped_spans(spans, width - LABEL)
    return [[(f"{label if not y else '':<{LABEL}}", "label"), *row] for y, row in enumerate(rows)]


def _steps(course: Course, width: int) -> list[list[Row]]:
    """The rows of each step."""
    found = []
    for number, step in enumerate(course.lesson.steps):
        sign, role, ink = LATER, "label", "label"
        if number == course.at:
            sign, role, ink = NEXT, "attention", "strong"
        elif number < course.at:
            sign, role = (SKIPPED, "label") if number in course.skipped else (DONE, "alive")
        rows = wrapped_spans([(step.do.replace("`", ""), ink)], width - 3)
        found.append([[(f"{sign if not y else ' '}  ", role), *row] for y, row in enumerate(rows)])
    return found


def _parts(course: Course, place: Place, width: int) -> dict[str, list[Row]]:
    """What is said of the step that is to be done, or that all are."""
    step, so_far = course.step, course.so_far
    if step is None:
        left = len(course.skipped)
        done = "All of it is done." if not left else f"The end; {left} skipped."
        way = f"`{KEYS}`  the next lesson: {place.next_title}" if place.next_title else f"`{KEYS}`  all lessons"
        return {
            "do": wrapped_spans([(f"{DONE}  {done}", "strong")], width),
            "press": labelled("Press", spans_of(way), width),
        }
    parts = {
        "press": labelled("Press", spans_of(step.press), width),
        "look": labelled("Look", spans_of(step.look), width),
    }
    if so_far:
        figures: list[Span] = [
            (so_far.now, "attention"),
            (", ", "plain"),
            (so_far.asked, "strong"),
            (" asked for", "plain"),
        ]
        parts["so far"] = labelled("So far", figures, width)
    return parts


def _bar(course: Course, width: int) -> list[Row]:
    if course.so_far is None:
        return []
    long = max(0, width - LABEL)
    full = round(course.so_far.share * long)
    return [[(" " * LABEL, "plain"), ("━" * full, "attention"), ("─" * (long - full), "faint")]]


def draw_column(course: Course, place: Place, width: int, height: int) -> list[Row]:
    """All steps, and what is to be done now, in a column; in few rows the steps that are done go first."""
    inner = width - 4
    heading: list[Row] = [[(place.words, "alive")], *wrapped_spans([(course.lesson.title, "strong")], inner)]
    parts, steps, rule = _parts(course, place, inner), _steps(course, inner), [("─" * inner, "faint")]
    foot: list[Row] = [[(KEYS, "alive"), (" skip, leave, another lesson", "label")]] if course.step else []
    said: list[list[Row]] = [parts[name] for name in ("do", "press", "look") if parts.get(name)]
    if "so far" in parts:
        said.append([*parts["so far"], *_bar(course, inner)])
    empty: Row = []
    airy = [row for part in said for row in (*part, empty)]
    tight = [row for part in said for row in part]
    flat = [row for rows in steps for row in rows]
    here = min(course.at, len(steps) - 1)
    hidden, later = len(steps[:here]), len(steps[here + 1 :])
    before: list[Row] = [[(f"{DONE}  {hidden} before", "label")]] if hidden else []
    after: list[Row] = [[(f"{LATER}  {later} more", "label")]] if later else []
    few = [*before, *steps[here], *after]
    for listed, below in (
        (flat, airy),
        (flat, tight),
        ([*before, *(r for s in steps[here:] for r in s)], tight),
        (few, tight),
    ):
        rows = [empty, *heading, empty, *listed, empty, rule, empty, *below]
        if len(rows) + len(foot) <= height:
            rows += [empty] * (height - len(rows) - len(foot)) + foot
            return [[("  ", "plain"), *row] for row in rows]
    return draw_strip(course, place, width, height)


def draw_strip(course: Course, place: Place, width: int, height: int) -> list[Row]:
    """The step that is to be done, in a few rows: of its parts those that have room, the most needed first."""
    inner = width - 2
    parts = _parts(course, place, inner)
    if course.step is not None:
        parts["do"] = wrapped_spans([(f"{NEXT} ", "attention"), (course.step.do.replace("`", ""), "strong")], inner)
    parts["heading"] = [_heading(course, place, inner)]
    left, chosen = height, set[str]()
    for name in ("do", "press", "so far", "look", "heading"):
        if name in parts and len(parts[name]) <= left:
            chosen.add(name)
            left -= len(parts[name])
    if "do" not in chosen:
        text = " ".join(text for row in parts["do"] for text, _ in row)
        return [[(" ", "plain"), (fitted(text, inner), "strong")]]
    names = ("heading", "do", "press", "look", "so far")
    return [[(" ", "plain"), *row] for name in names if name in chosen for row in parts[name]]


def _heading(course: Course, place: Place, width: int) -> Row:
    signs: Row = []
    for number in range(len(course.lesson.steps)):
        sign = NEXT if number == course.at else LATER if number > course.at else DONE
        sign = SKIPPED if number in course.skipped else sign
        signs.append((sign, "attention" if sign == NEXT else "alive" if sign == DONE else "label"))
    start: Row = [(place.words, "alive")]
    title: Row = [(" · ", "label"), (course.lesson.title, "strong")]
    keys: Row = [(KEYS, "alive"), (" skip, leave, another", "label")] if course.step else []

    def row(*parts: Row) -> Row:
        return [
            span for n, part in enumerate(p for p in parts if p) for span in ([("  ", "plain")] if n else []) + part
        ]

    def spread(left: Row, right: Row) -> Row:
        gap = width - row_width(left) - row_width(right)
        return [*left, (" " * max(2, gap), "plain"), *right] if right else left

    forms = [spread(row([*start, *title], signs), keys), row([*start, *title], signs), row(start, signs), signs]
    return first_fitting(forms, width)
