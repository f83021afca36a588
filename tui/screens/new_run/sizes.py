"""How large what comes with the program is, for the number of weights. It may have to be made first."""

from charrnn.core.tasks.builtin_examples import MADE, builtin_examples
from charrnn.core.text.builtin import builtin_corpus

Source = tuple[str, str, str]  # what is chosen as data, its path, and what is learnt of it
Size = tuple[int, int]  # symbols, and dots of a picture


def size_of(name: str) -> Size:
    """How many symbols, and dots of a picture, what comes with the program has."""
    if name in MADE:
        made = builtin_examples(name)
        return len(made.vocabulary), made.size[0] * made.size[1]
    return len(builtin_corpus(name).vocabulary), 0
