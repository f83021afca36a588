"""Slow questions about a text, answered beside the training.

One daemon thread works on one question at a time, begins when the first is asked, and keeps no program alive. What it
works on must never change: a corpus doesn't, a network in training does.
"""

import threading
from collections.abc import Callable, Hashable
from queue import SimpleQueue
from typing import Any


class Desk:
    """`ask` a question once; `answer` is None until it has been worked out, and where that failed.

    `notify` is called in the desk's thread when an answer is there.
    """

    def __init__(self, notify: Callable[[], None] = lambda: None) -> None:
        self.notify = notify
        self._questions: SimpleQueue[tuple[Hashable, Callable[[], Any]]] = SimpleQueue()
        self._answers: dict[Hashable, Any] = {}
        self._asked: set[Hashable] = set()
        self._thread: threading.Thread | None = None

    def ask(self, key: Hashable, work: Callable[[], Any]) -> None:
        """Have `work` done, unless that was asked for before. Only one thread may ask."""
        if key in self._asked:
            return
        self._asked.add(key)
        self._questions.put((key, work))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
            self._thread.start()

    def answer(self, key: Hashable) -> Any:
        """What came out, or None."""
        return self._answers.get(key)

    def forget(self, key: Hashable) -> None:
        """Let an answer go; it can be asked for again."""
        self._answers.pop(key, None)
        self._asked.discard(key)

    def _work(self) -> None:
        while True:
            key, work = self._questions.get()
            try:
                self._answers[key] = work()
            except Exception:  # no answer is an answer too: what asked shows nothing
                self._answers[key] = None
            self.notify()
