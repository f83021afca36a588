"""Where a regular expression matches in some texts, found in a child process within a second.

A pattern can take longer than the universe is old, and Python's `re` lets no other thread run meanwhile.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

LIMIT = 1.0  # seconds of a processor
PATIENCE = 3.0  # seconds, for a machine that is busy, or can't tell how much of a processor was used
LONGEST = 500  # characters of a pattern
TOO_LONG = "the pattern takes more than a second: it is stopped"
Spans = tuple[tuple[int, int], ...]


class Matches(NamedTuple):
    """The matches in each text, or in words why there are none."""

    spans: tuple[Spans, ...] = ()
    problem: str = ""


def find_matches(pattern: str, texts: Sequence[str], limit: float = LIMIT) -> Matches:
    """Look for it; waits for the answer, which may take so many seconds of a processor."""
    if len(pattern) > LONGEST:
        return Matches(problem=f"a pattern has at most {LONGEST} characters")
    child = [sys.executable, "-I", "-S", str(Path(__file__).with_name("matcher.py"))]
    asked = json.dumps({"pattern": pattern, "texts": list(texts), "seconds": limit})
    try:
        done = subprocess.run(
            child, input=asked.encode(), capture_output=True, timeout=PATIENCE, check=False, start_new_session=True
        )
    except subprocess.TimeoutExpired:
        return Matches(problem=TOO_LONG)
    except OSError as error:
        return Matches(problem=f"no program can be started to look for it: {error.strerror}")
    if done.returncode < 0:
        return Matches(problem=TOO_LONG)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return Matches(problem="the pattern needs too much memory")
    if "problem" in found:
        return Matches(problem=f"the pattern is wrong: {found['problem']}")
    return Matches(tuple(tuple((start, end) for start, end in spans) for spans in found["spans"]))
