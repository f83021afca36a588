"""One to many: a picture is seen at every step, and its description is written."""

from .example_task import WritingTask
from .examples import Examples


class Describe(WritingTask):
    """Reads GO and what was written so far, writes a description and END."""

    NAME = "describe"

    def __init__(self, examples: Examples) -> None:
        super().__init__(examples)
        self.reads = 1 + len(self.target_signs)

    @property
    def first(self) -> int:
        return 1
