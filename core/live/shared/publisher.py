"""Shows a run to other programs on this machine: as often as twice a second, and only where somebody looks.

One thread has all of them: it asks the thread that trains for a moment, packs it once, and hands it to who has room.
Nobody waits for anybody: who reads slowly gets the newest moment when there is room again, and what lay between never.
They tell nothing: what they do, they do with copies. Only programs of the same person can come in, as the socket lies
in a folder of that person's alone.
"""

import selectors
import shutil
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ...tasks.builtin_examples import BUILT_IN
from ...text.carried import carry
from ...text.corpus import Corpus
from ..moment import Moment
from .frames import packed, packed_end, text_name
from .sockets import MOST, ROOM, Viewer, private_socket

EVERY = 0.5  # seconds from one moment to the next, at least
SHARE = 0.05  # of the time may go into copying and packing, where a network is so large that it takes long
FAREWELL = 2.0  # seconds to take the last words in
OVER = "The teacher has ended the run."


class Publisher:
    """An audience for one run after the other, at `address`. `notify` is called when somebody comes or goes.

    Raises PublisherError.
    """

    def __init__(self, notify: Callable[[], None] = lambda: None, *, every: float = EVERY) -> None:
        self.notify, self._every = notify, every
        self.viewers = 0
        self._folder, self._listener = private_socket()
        self.address = str(self._folder / "run")
        self._wake, self._woken = socket.socketpair()
        self._lock = threading.Lock()
        self._run = 0
        self._ask: Callable[[], None] = lambda: None
        self._moment: Moment | None = None  # the newest, not packed yet
        self._over = ""
        self._known: tuple[object, ...] = ()  # what was packed last
        self._frame: bytes | None = None
        self._asked = False
        self._due = 0.0
        self._all: dict[socket.socket, Viewer] = {}
        self._thread = threading.Thread(target=self._work, name="publisher", daemon=True)
        self._thread.start()

    # For any thread

    def begins(self, corpus: Any, ask: Callable[[], None]) -> None:
        """From now on it is about another run. A text that is nowhere else is laid beside the socket."""
        if isinstance(corpus, Corpus) and not corpus.path and not corpus.name.endswith(BUILT_IN):
            with suppress(OSError):  # where there is no room for it, viewers say that they haven't got it
                carry(corpus, self._folder / text_name(corpus.sha256))
        with self._lock:
            self._run, self._ask, self._asked, self._moment = self._run + 1, ask, False, None
        self._rouse()

    @property
    def there(self) -> bool:
        """Whether anybody looks."""
        return self.viewers > 0

    def show(self, moment: Moment) -> None:
        """Have a moment shown, when it is time."""
        with self._lock:
            self._moment, self._asked = moment, False
        self._rouse()

    def close(self, sentence: str = OVER) -> None:
        """Tell all who look that there is no more, and end."""
        with self._lock:
            self._over = self._over or sentence
        self._rouse()
        self._thread.join(2 * FAREWELL)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _rouse(self) -> None:
        with suppress(OSError):  # it is closed, or has been roused often enough
            self._wake.send(b".", getattr(socket, "MSG_DONTWAIT", 0))

    # For its own thread alone

    def _work(self) -> None:
        with selectors.DefaultSelector() as selector, self._wake, self._woken, self._listener:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            run, leave_at = 0, float("inf")
            while True:
                for key, events in selector.select(self._patience(leave_at)):
                    if key.fileobj is self._listener:
                        self._let_in(selector)
                    elif key.fileobj is self._woken:
                        self._woken.recv(ROOM)
                    elif isinstance(key.fileobj, socket.socket):
                        self._serve(selector, key.fileobj, events)
                with self._lock:
                    over, run, before = self._over, self._run, run
                if run != before:
                    self._known, self._frame, self._due = (), None, 0.0
                if over and leave_at == float("inf"):
                    leave_at = time.monotonic() + FAREWELL
                    self._say_goodbye(selector, over)
                if over and (not self._all or time.monotonic() >= leave_at):
                    break
                if not over and self._all:
                    self._go_on(selector, run)
            for viewer in list(self._all):
                self._forget(selector, viewer)

    def _patience(self, leave_at: float) -> float | None:
        """Seconds until there is something to do without anybody's news."""
        now = time.monotonic()
        if self._over:
            return max(0.0, min(leave_at - now, FAREWELL))
        with self._lock:
            idle = not self._all or (self._moment is None and (self._asked or self._stands))
        return None if idle else max(0.0, self._due - now)

    @property
    def _stands(self) -> bool:
        """Whether the run only changes when somebody does something, and then shows itself."""
        return bool(self._known) and self._known[1] != "training"

    def _go_on(self, selector: selectors.BaseSelector, run: int) -> None:
        """Pack what has come and ask for more, where it is time."""
        if time.monotonic() < self._due:
            return
        with self._lock:
            moment, asked, ask = self._moment, self._asked, self._ask
            if run == self._run:
                self._moment = None
        if moment is not None and run == self._run:
            self._pack(selector, run, moment)
        elif not asked and not self._stands:
            with self._lock:
                self._asked = True
            ask()

    def _pack(self, selector: selectors.BaseSelector, run: int, moment: Moment) -> None:
        start, busy, told = time.monotonic(), time.thread_time(), moment.told
        timely = told["note"], moment.changes, moment.checkpoint.state.step, told["speed"], told["log_problem"]
        known = (run, told["state"], *timely, told["elapsed"])
        if known != self._known or self._frame is None:
            self._frame, self._known = packed(run, moment), known
            for viewer in self._all.values():
                viewer.next = self._frame
            self._look_for_room(selector)
        cost = time.thread_time() - busy + moment.cost  # without the waiting for others
        self._due = start + max(self._every, cost / SHARE)

    def _let_in(self, selector: selectors.BaseSelector) -> None:
        with suppress(OSError):
            come, _ = self._listener.accept()
            if len(self._all) >= MOST or self._over:
                come.close()
                return
            come.setblocking(False)
            if not self._all:
                with self._lock:  # what there was has been long ago
                    self._moment, self._asked = None, False
            self._all[come] = viewer = Viewer()
            viewer.next = self._frame
            selector.register(come, selectors.EVENT_READ)
            self._look_for_room(selector)
            self._count()

    def _serve(self, selector: selectors.BaseSelector, one: socket.socket, events: int) -> None:
        """Send it more; who says anything has no business here, and who ends says nothing."""
        viewer = self._all.get(one)
        if viewer is None:
            return
        try:
            if events & selectors.EVENT_READ:
                one.recv(1)
                raise ConnectionError
            sent = one.send(viewer.piece())  # which may be the first of another frame
            viewer.sent += sent
        except BlockingIOError:
            return
        except OSError:
            self._forget(selector, one)
            return
        if not viewer.waits:
            if viewer.ends:
                self._forget(selector, one)
            else:
                selector.modify(one, selectors.EVENT_READ)

    def _look_for_room(self, selector: selectors.BaseSelector) -> None:
        for one, viewer in self._all.items():
            if viewer.waits:
                selector.modify(one, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def _say_goodbye(self, selector: selectors.BaseSelector, sentence: str) -> None:
        last = packed_end(sentence)
        for viewer in self._all.values():
            viewer.next, viewer.ends = last, True
        self._look_for_room(selector)

    def _forget(self, selector: selectors.BaseSelector, one: socket.socket) -> None:
        self._all.pop(one, None)
        with suppress(KeyError, ValueError):
            selector.unregister(one)
        one.close()
        if not self._all:
            self._frame, self._known = None, ()  # it would be old when the next one comes
        self._count()

    def _count(self) -> None:
        self.viewers = len(self._all)
        if not self._over:
            self.notify()
