"""Slow questions, as those about a long text, answered beside the training.

One daemon thread works on one question at a time, begins when the first is asked, and keeps no program alive. What it
works on must never change: a corpus doesn't, a network in training does.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any


class Background:
    """`ask` a question once; `answer` is None until it has been worked out, and where that failed.

    `notify` is called in the thread that works when an answer is there.
    """

    def __init__(self, notify: Callable[[], None] = lambda: None) -> None:
        self.notify = notify
        self._change = threading.Condition()  # held for what follows
        self._waiting: dict[Hashable, Callable[[], Any]] = {}  # the oldest first
        self._answers: dict[Hashable, Any] = {}
        self._asked: set[Hashable] = set()
        self._thread: threading.Thread | None = None

    def ask(self, key: Hashable, work: Callable[[], Any]) -> None:
        """Have `work` done, unless that was asked for before."""
        with self._change:
            if key in self._asked:
                return
            self._asked.add(key)
            self._waiting[key] = work
            self._change.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="background", daemon=True)
            self._thread.start()

    def answer(self, key: Hashable) -> Any:
        """What came out, or None."""
        with self._change:
            return self._answers.get(key)

    def forget(self, key: Hashable) -> None:
        """Let an answer go, or a question that is still waiting; it can be asked again."""
        with self._change:
            self._waiting.pop(key, None)
            self._answers.pop(key, None)
            self._asked.discard(key)

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting)
                key = next(iter(self._waiting))
                work = self._waiting.pop(key)
            try:
                found = work()
            except Exception:  # no answer is an answer too: what asked shows nothing
                found = None
            with self._change:
                if key in self._asked:
                    self._answers[key] = found
            self.notify()
