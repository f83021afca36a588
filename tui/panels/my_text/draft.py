"""A text that is being typed, and a cursor in it: what each key does to the two. It knows nothing of keys or cells."""

import re
from typing import NamedTuple


class Draft(NamedTuple):
    """A text, and before which of its characters the cursor is, from 0 to its length; every change gives a new one."""

    text: str = ""
    cursor: int = 0

    def insert(self, text: str, most: int) -> "Draft":
        """The text at the cursor, as much of it as keeps the whole within `most` characters."""
        text = text[: max(0, most - len(self.text))]
        return Draft(self.text[: self.cursor] + text + self.text[self.cursor :], self.cursor + len(text))

    def move(self, by: int) -> "Draft":
        """The cursor so many characters on, or back."""
        return self.at(self.cursor + by)

    def at(self, place: int) -> "Draft":
        """The cursor at that place, or at the end that is nearest."""
        return self._replace(cursor=max(0, min(len(self.text), place)))

    def delete(self, by: int) -> "Draft":
        """Without so many characters after the cursor, or before it where that is below 0."""
        start, end = sorted((self.cursor, self.at(self.cursor + by).cursor))
        return Draft(self.text[:start] + self.text[end:], start)

    def delete_word(self) -> "Draft":
        """Without the word before the cursor, and what stands between the two."""
        before = re.search(r"\w*\W*\Z", self.text[: self.cursor])
        return self.delete(-len(before[0])) if before and before[0] else self.delete(-1)

    def delete_before(self) -> "Draft":
        """Without all that is before the cursor."""
        return self.delete(-self.cursor)
