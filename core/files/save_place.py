"""Where a run is saved to: a path that is held with a lock, so that no two programs save there.

It writes nothing but the lock; `saver` writes.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ..text.visible import readable
from .reasons import reason
from .run_folders import is_in_runs, new_run, runs_folder

# What a file system answers that has no locks, as some network drives.
NO_LOCKS = frozenset((errno.ENOLCK, errno.EBADF, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL))


class SavingError(RuntimeError):
    """Nothing can be saved there; the message is one sentence."""


class SavePlace:
    """A `path`; `owned`: it is in a run's folder of ours, which is made when it is needed and keeps the save before.

    `shared`: it is held without a lock, because the file system has none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.owned = is_in_runs(path)
        self.shared = False
        # Without `fallback_to_soft` a mere file would stand for a lock, and outlive a program that is killed.
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), thread_local=False, fallback_to_soft=False)

    @classmethod
    def new(cls, name: str) -> "SavePlace":
        """In a folder of its own, named after a text or another run."""
        return cls(new_run(name))

    def claim(self) -> None:
        """Make sure that no other program saves there, and that one can. Raises SavingError."""
        if not self.path.parent.is_dir() and not self.owned:
            raise SavingError(f"there is no folder “{readable(str(self.path.parent))}” to save to")
        try:
            self.take()
        except Timeout:
            raise SavingError(
                f"another program is saving to “{readable(str(self.path))}”: "
                "choose another place with --checkpoint, or --no-save"
            ) from None
        except OSError as error:
            raise SavingError(f"nothing can be saved to “{readable(str(self.path))}”: {reason(error)}") from None

    def problem(self) -> str:
        """Why a folder for a new run can't be made, or ""."""
        try:
            runs_folder().mkdir(parents=True, exist_ok=True)
            if not os.access(runs_folder(), os.W_OK):
                raise PermissionError(errno.EACCES, "")
        except OSError as error:
            return reason(error)
        return ""

    def take(self) -> None:
        """Hold it, if it isn't held already. Raises Timeout where another program does, or OSError."""
        if self.owned:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        elif not self.path.parent.is_dir():  # it may be a disk that was taken out: nothing is made in its place
            raise FileNotFoundError(errno.ENOENT, "")
        if self._lock.is_locked and not os.path.exists(self._lock.lock_file):  # noqa: PTH110, names may be too long
            self._lock.release(force=True)  # its folder was deleted; another program would find no lock
        if not self.held:
            self._acquire()

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            self.shared = True
            with suppress(OSError):  # the empty file that was made to be locked
                Path(self._lock.lock_file).unlink()

    @property
    def held(self) -> bool:
        """Whether this program may save there."""
        return self._lock.is_locked or self.shared

    @property
    def warning(self) -> str:
        """What a person has to see to, in a sentence, or ""."""
        if not self.shared:
            return ""
        shown = readable(str(self.path))
        return f"there are no locks where “{shown}” is saved: let no other program save there at the same time"

    def release(self) -> None:
        """Let others have it."""
        if self._lock.is_locked:
            with suppress(OSError):
                Path(self._lock.lock_file).unlink()
            self._lock.release(force=True)
