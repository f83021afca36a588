"""How often the screen is drawn: less often where what is drawn has a long way to go."""

import os

FPS, REMOTE_FPS, MOST_FPS = 10, 2, 30  # frames a second
UNHURRIED = 4  # with fewer frames what is on screen stays longer, too


def is_remote() -> bool:
    """Whether the screen is at the other end of a line: by the variables that an SSH server sets for its sessions."""
    return any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))


def patience(fps: int) -> float:
    """How many times as long as usual something stays on screen."""
    return max(1.0, UNHURRIED / fps)
