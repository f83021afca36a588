"""One who looks at a run, as the one who shows it sees them, and the door that they come in by."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

from ...files.reasons import reason

MOST = 256  # that look at once
ROOM = 1 << 20  # bytes that are sent at once: with every piece the interpreter has to be had again


class PublisherError(OSError):
    """Nothing can be shown to others here; the message is one sentence."""


class Viewer:
    """One that looks: what it is being sent, and what comes after that."""

    def __init__(self) -> None:
        self.frame, self.sent = b"", 0
        self.next: bytes | None = None
        self.ends = False  # with what is sent

    @property
    def waits(self) -> bool:
        """Whether there is something for it."""
        return self.sent < len(self.frame) or self.next is not None

    def piece(self) -> memoryview:
        """What is to be sent now; never the rest of one frame and the next."""
        if self.sent >= len(self.frame) and self.next is not None:
            self.frame, self.sent, self.next = self.next, 0, None
        return memoryview(self.frame)[self.sent : self.sent + ROOM]


def private_socket() -> tuple[Path, socket.socket]:
    """A folder that only this person may enter, and the socket in it."""
    if not hasattr(socket, "AF_UNIX"):
        raise PublisherError("a run can't be shown to others on this system: it has no local sockets")
    folder, listener = None, socket.socket(socket.AF_UNIX)
    try:
        folder = Path(tempfile.mkdtemp(prefix="charrnn-"))
        listener.bind(str(folder / "run"))
        listener.listen(MOST)
        listener.setblocking(False)
    except OSError as error:  # the folder's name may be too long for a socket
        listener.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        raise PublisherError(f"a run can't be shown to others: {reason(error)}") from None
    os.chmod(folder, 0o700)  # noqa: PTH101, as it is made already; it has to be so
    return folder, listener
