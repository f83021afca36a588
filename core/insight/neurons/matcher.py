"""A program of its own: finds where a regular expression matches, so that one that takes for ever can be killed.

It reads a JSON object from standard input, `pattern`, `texts` and `seconds`, and writes one: `spans`, for each text the
starts and ends of its matches, or `problem`, what is wrong with the pattern. After so many seconds of a processor the
system ends it. It needs nothing but Python, to start quickly.
"""

import json
import re
import sys

MOST_MEMORY = 1 << 30  # bytes; a pattern may ask for any amount


def limit(seconds: float) -> None:
    """Limit memory and time, where that can be done: a busy machine isn't the pattern's fault."""
    try:
        import resource
        import signal

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        signal.setitimer(signal.ITIMER_PROF, seconds)
    except (ImportError, OSError, ValueError):
        pass


def answer(asked: dict[str, object]) -> dict[str, object]:
    """Where the pattern matches, empty matches left out; `^` and `$` are ends of lines."""
    try:
        pattern = re.compile(str(asked["pattern"]), re.MULTILINE)
        texts = asked["texts"]
        assert isinstance(texts, list)
        found = [[match.span() for match in pattern.finditer(text) if match.end() > match.start()] for text in texts]
    except (re.error, RecursionError, OverflowError, MemoryError) as error:
        return {"problem": str(error) or type(error).__name__}
    return {"spans": found}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    limit(asked["seconds"])
    json.dump(answer(asked), sys.stdout)
