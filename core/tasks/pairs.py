"""Lines of two columns with a tab between: a label and a text, or a source and its target.

A third column, as files of sentence pairs have it, says where a pair is from: it is kept and not trained on.
"""

from collections.abc import Sequence

from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError
from .examples import Examples

MOSTLY = 0.5  # of the lines may be wrong, not more
FEWEST = 3  # lines that look like it
LONGEST_SHOWN = 40  # characters of a line that is wrong
WANTED = {"label": "LABEL, a tab, TEXT", "translate": "SOURCE, a tab, TARGET"}
COLUMNS = {"label": ("label", "text"), "translate": ("source", "target")}


def read_pairs(shown: str, lines: Sequence[str], task: str) -> Examples:
    """The examples in the lines of a file that is `shown` so. Raises CorpusError."""
    found: list[tuple[str, str, str]] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        problem = _problem(line, task)
        if problem:
            wrong.append(f"line {number:,} {problem}")
            continue
        first, second, *more = line.split("\t")
        found.append((first.strip(), second.strip(), "\t".join(more)))
    if len(wrong) > MOSTLY * (len(found) + len(wrong)) or not found:
        raise CorpusError(
            f"{shown} isn't lines of {WANTED[task]}: {wrong[0]}" if wrong else f"{shown} has no line of {WANTED[task]}"
        )
    said = (f"{counted(len(wrong), 'line')} left out: {wrong[0]}",) if wrong else ()
    firsts, seconds, notes = zip(*found, strict=True)
    notes = notes if any(notes) else ()
    if task == "label":
        return Examples("", task, firsts, seconds, notes=notes, said=said)
    return Examples("", task, seconds, firsts, notes=notes, said=said)


def _problem(line: str, task: str) -> str:
    """What is wrong with a line, or ""."""
    start = start_of(line)
    columns = line.split("\t")
    if len(columns) == 1:
        if line.startswith('"') and '","' in line:
            return f"looks like CSV, with commas and quotes: save it with tabs between the columns (“{start}”)"
        spaces = "   " in line.strip()
        return f"has {'spaces where a tab is needed' if spaces else 'no tab'}: “{start}”"
    if task == "label" and len(columns) > 2:
        return f"has {counted(len(columns), 'column')}, not two: “{start}”"
    empty = next((name for name, text in zip(COLUMNS[task], columns, strict=False) if not text.strip()), "")
    return f"has an empty {empty}: “{start}”" if empty else ""


def start_of(line: str) -> str:
    """As much of a line that is wrong as is shown."""
    return readable(line[:LONGEST_SHOWN]) + ("…" if len(line) > LONGEST_SHOWN else "")


def looks_like_pairs(start: str) -> bool:
    """Whether each whole line at the start of a text has two columns, or three: somebody may have meant examples."""
    lines = [line for line in start.split("\n")[:-1] if line.strip()]
    return len(lines) >= FEWEST and all(1 <= line.count("\t") <= 2 for line in lines)
