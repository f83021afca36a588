"""A recording of the screen, begun and ended by a key: where it is written, and what there is to say of it.

How a cast is written and what goes into it is in `terminal.cast` and `terminal.recorder`.
"""

from pathlib import Path

from charrnn.core.files.reasons import reason
from charrnn.core.text.visible import readable

from .bars.news import Said
from .export import file_stem
from .terminal.cast import Cast
from .terminal.recorder import Recorder

SHOWN = 6  # seconds


class Recording:
    """One recording after the other, each into a file of its own.

    `told` says that one runs, from the longest form to the shortest; it changes once a second, as what it changes on
    the screen is recorded too. `ended_with` is what there is to say of one that the program's end has ended, or "".
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._cast: Cast | None = None
        self._second = -1
        self.path: Path | None = None  # of the newest
        self.told: tuple[str, ...] = ()
        self.ended_with = ""

    @property
    def runs(self) -> bool:
        """Whether the screen is recorded now."""
        return self._cast is not None

    def begin(self, name: str, step: int, size: tuple[int, int]) -> Said | None:
        """Begin a cast of a run in the folder the program was started in; says why there can be none."""
        try:
            cast = Cast(Path.cwd(), file_stem(name, step), size, f"charrnn-tui: {name}")
        except OSError as error:
            return Said(f"not recorded: {reason(error)}", severity="warning")
        self._cast, self._second, self.path = cast, -1, cast.path
        self._recorder.begin(cast)
        self.look()
        return None

    def end(self) -> Said | None:
        """End what runs, and say where it is."""
        cast, self._cast = self._cast, None
        self._recorder.end()
        self.told = ()
        if cast is None:
            return None
        where = f"{length(cast.seconds)}, {weight(cast.bytes)}, {readable(cast.path.name)}"
        if cast.lost:
            return Said(f"the recording has ended: {cast.ended}; what there is: {where}", severity="warning")
        why = f" ({cast.ended})" if cast.ended else ""
        return Said(f"recorded{why}: {where} written to {readable(str(cast.path.parent))}", seconds=SHOWN)

    def close(self) -> None:
        """The program ends."""
        if said := self.end():
            self.ended_with = said.text

    def look(self) -> Said | None:
        """Say it where it has ended by itself; else what the status says of it is true again."""
        if self._cast is None:
            return None
        self._cast.look()
        if self._cast.ended:
            return self.end()
        if int(self._cast.seconds) != self._second:
            self._second = int(self._cast.seconds)
            time = length(self._second)
            long = f"● recording {time}, {weight(self._cast.bytes)}"
            self.told = (long, f"● recording {time}", f"● rec {time}", "rec")
        return None


def length(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def weight(size: int) -> str:
    """A number of bytes in thousands of them, or in millions."""
    return f"{size / 1000:,.0f} kB" if size < 999_500 else f"{size / 1e6:,.1f} MB"
