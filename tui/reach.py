"""What whoever is at the screen can reach of the machine that the program runs on."""

from typing import NamedTuple

NO_FILES = "Files of the server can't be opened from here: paste the text."
NO_PROGRAMS = "A rival needs a core of its own, which a visitor doesn't have."


class Reach(NamedTuple):
    """`files`: any file, by name; else what is written is handed over as a download. `programs`: others are started."""

    files: bool = True
    programs: bool = True


HERE, BROWSER = Reach(), Reach(files=False, programs=False)
