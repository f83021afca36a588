"""How the learning rate changes by itself as a run goes on: the rate that a person sets, times a factor.

"constant" leaves it. "cosine" goes down along half a cosine to a hundredth at the end that was named (Loshchilov and
Hutter, 2017). "step" is char-rnn's: 0.97 times as much with every pass through the text from the tenth on. An end in
steps is known to the session; for one in seconds whoever knows the time sets the factor, in a hundred stages.
"""

import math
from typing import NamedTuple

LEAST = 0.01  # of the rate, at the end
DECAY, FROM = 0.97, 10  # each pass, from that one on
STAGES = 100


class Schedule(NamedTuple):
    """`steps` or `seconds` is the end of a cosine; 0 is none."""

    kind: str = "constant"
    steps: int = 0
    seconds: float = 0.0

    def factor(self, step: int, passes: int, before: float) -> float:
        """What the rate is multiplied by in a step, after so many passes; `before` where that isn't known from them."""
        if self.kind == "step":
            return DECAY ** max(0, passes - FROM + 1)
        if self.kind == "cosine":
            return _cosine(step / self.steps) if self.steps else before
        return 1.0

    @property
    def by_time(self) -> bool:
        """Whether whoever knows the time has to set the factor."""
        return self.kind == "cosine" and not self.steps

    def factor_at(self, elapsed: float) -> float | None:
        """What it is to be after so many seconds of training; None where it doesn't depend on them."""
        if not self.by_time:
            return None
        return _cosine(math.floor(STAGES * min(elapsed / self.seconds, 1.0)) / STAGES)


def _cosine(progress: float) -> float:
    return LEAST + (1 - LEAST) * (1 + math.cos(math.pi * min(progress, 1.0))) / 2
