"""Texts made by a rule, for seeing one thing at a time: sums, brackets, echoes, and tunes.

The same seed gives the same text; `make samples` writes them into this folder. Random numbers come from
`random.random` alone, which Python promises to keep as it is.
"""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Chance:
    """A seeded source of choices."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        return int(self._random() * count)

    def of(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[self.below(len(choices))]


def sums(seed: int = 1, count: int = 9000, largest: int = 20) -> str:
    """Lines like `12+7=19`, of numbers up to `largest`."""
    chance = Chance(seed)
    lines = []
    for _ in range(count):
        a, b = chance.below(largest + 1), chance.below(largest + 1)
        lines.append(f"{a}+{b}={a + b}\n")
    return "".join(lines)


PAIRS = ("()", "[]", "{}", "<>")


def brackets(seed: int = 2, count: int = 5000, deepest: int = 6) -> str:
    """Lines of brackets of four kinds that close in the right order."""
    chance = Chance(seed)
    lines = []
    for _ in range(count):
        line: list[str] = []
        opened: list[str] = []
        wanted = 2 + 2 * chance.below(10)  # characters, the last ones closing
        while len(line) + len(opened) < wanted or opened:
            full = len(line) + len(opened) >= wanted
            if opened and (full or len(opened) == deepest or chance.below(2)):
                line.append(opened.pop())
            else:
                pair = chance.of(PAIRS)
                line.append(pair[0])
                opened.append(pair[1])
        lines.append("".join(line) + "\n")
    return "".join(lines)


def echo(seed: int = 3, count: int = 4000, longest: int = 40) -> str:
    """A digit, dots, a question mark, the same digit: to know it takes a memory that may be longer than a window.

    Few dots are likelier than many, so that there is something to begin with.
    """
    chance = Chance(seed)
    lines = []
    for _ in range(count):
        digit, dots = chance.of("01"), chance.below(chance.below(longest + 1) + 1)
        lines.append(f"{digit}{'.' * dots}?{digit}\n")
    return "".join(lines)


class Kind(NamedTuple):
    """A kind of tune: its meter, the eighths in a bar, and ways to fill a bar, in eighths."""

    name: str
    meter: str
    eighths: int
    rhythms: tuple[tuple[int, ...], ...]
    ends: tuple[tuple[int, ...], ...]


KINDS = (
    Kind(
        "reel", "4/4", 8,
        ((1,) * 8, (2, 1, 1, 2, 1, 1), (2, 1, 1, 1, 1, 2), (3, 1, 2, 2), (1, 1, 2, 1, 1, 2)),
        ((2, 2, 4), (1, 1, 2, 4)),
    ),
    Kind("jig", "6/8", 6, ((1,) * 6, (2, 1, 2, 1), (3, 1, 1, 1), (1, 1, 1, 2, 1), (2, 1, 3)), ((3, 3), (2, 1, 3))),
    Kind("waltz", "3/4", 6, ((2, 2, 2), (4, 2), (2, 1, 1, 2), (3, 1, 2), (2, 4)), ((6,), (4, 2))),
    Kind("polka", "2/4", 4, ((1,) * 4, (2, 1, 1), (1, 1, 2), (2, 2), (3, 1)), ((2, 2), (4,))),
)  # fmt: skip

# The first note of the scale, as a step on the staff (C is 0), and the chords of each key's phrases by step.
KEYS = {"C": 0, "G": 4, "D": 1, "A": 5, "F": 3, "Am": 5, "Em": 2, "Dm": 1}
PHRASES = ((0, 0, 3, 4), (0, 5, 3, 4), (0, 3, 0, 4), (5, 3, 0, 4), (0, 4, 5, 3))
CADENCES = ((3, 4, 0), (1, 4, 0), (4, 4, 0))
LETTERS = "CDEFGABcdefgab"
FIRST = ("Miller", "Heron", "Tinker", "Widow", "Lantern", "Otter", "Cooper", "Plover", "Ferry", "Weaver", "Badger")
SECOND = ("Gate", "Return", "Supper", "Bonnet", "Fancy", "Morning", "Farewell", "Meadow", "Kettle", "Delight", "Stile")
SHAPES = ("The {0}'s {1}", "{1} at the {0}'s", "The {1} and the {0}", "A {0} in the {1}", "The Old {0}'s {1}")


def tunes(seed: int = 4, count: int = 400) -> str:
    """Dance tunes of two parts in ABC notation, each its own."""
    chance = Chance(seed)
    return "\n".join(_tune(chance, number) for number in range(1, count + 1))


def _tune(chance: Chance, number: int) -> str:
    kind, key = chance.of(KINDS), chance.of(tuple(KEYS))
    title = chance.of(SHAPES).format(chance.of(FIRST), chance.of(SECOND))
    lines = [f"X:{number}", f"T:{title}", f"R:{kind.name}", f"M:{kind.meter}", "L:1/8", f"K:{key}"]
    for high in (0, 2 + chance.below(3)):  # the second part lies higher
        lines += _part(chance, kind, KEYS[key], high)
    return "\n".join(lines) + "\n"


def _part(chance: Chance, kind: Kind, home: int, high: int) -> list[str]:
    """Eight bars, repeated: a phrase that asks, and the same again with an answer."""
    phrase, cadence = chance.of(PHRASES), chance.of(CADENCES)
    motif = chance.of(kind.rhythms)
    place = home + high

    def bar(chord: int, rhythm: tuple[int, ...]) -> str:
        nonlocal place
        notes = []
        for i, length in enumerate(rhythm):
            if i == 0 or length > 2:  # strong places take a note of the chord
                place = min((home + chord + third for third in (-7, -5, -3, 0, 2, 4, 7, 9)), key=_near(chance, place))
            else:
                place += chance.of((-1, 1, -1, 1, 2, -2, 0))
            place = min(max(place, 0), len(LETTERS) - 1)
            notes.append(LETTERS[place] + (str(length) if length > 1 else ""))
        return "".join(notes)

    asks = [bar(chord, motif if i % 2 == 0 else chance.of(kind.rhythms)) for i, chord in enumerate(phrase)]
    first, second = asks[0], asks[1]
    last = [bar(cadence[1], chance.of(kind.rhythms)), bar(0, chance.of(kind.ends))]
    return ["|:" + "|".join(asks) + "|", "|".join([first, second, *last]) + ":|"]


def _near(chance: Chance, place: int) -> Callable[[int], float]:
    """How far a note is away, a little of chance included."""
    return lambda note: abs(note - place) + chance.below(3)
