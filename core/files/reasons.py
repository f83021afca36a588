"""Why a file can't be written, in words for the person who wanted it."""

import errno

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EDQUOT: "there is no room left for you on the disk",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOENT: "its folder is gone",
    errno.ENOTDIR: "a file is where its folder should be",
}


def reason(error: BaseException) -> str:
    """Why a file couldn't be written, in words."""
    if isinstance(error, MemoryError):
        return "there isn't enough memory"
    if isinstance(error, OSError):
        return REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
    return f"{type(error).__name__}: {error}"
