"""Letters that can be read from the last bench: a dot-matrix font of ASCII, drawn in half or double cells.

It has no other characters: whoever draws them finds another way. Each letter is five columns of dots, the lowest bit
above; the eighth row is for what hangs below the line.
"""

from collections.abc import Sequence

COLUMNS, DOTS = 5, 8
FIRST, LAST = " ", "~"

# Five bytes for each character from the space to the tilde.
FONT = bytes.fromhex(
    "0000000000" "00005f0000" "0007000700" "147f147f14" "242a7f2a12" "2313086462" "3649562050" "0000070000"
    "001c224100" "0041221c00" "2a1c7f1c2a" "08083e0808" "0080600000" "0808080808" "0060600000" "2010080402"
    "3e5149453e" "00427f4000" "6251494946" "2241494936" "1814127f10" "2745454539" "3c4a494930" "0171090503"
    "3649494936" "064949291e" "0036360000" "0080660000" "0814224100" "1414141414" "0041221408" "0201510906"
    "3e415d551e" "7e0909097e" "7f49494936" "3e41414122" "7f4141413e" "7f49494941" "7f09090901" "3e4149497a"
    "7f0808087f" "00417f4100" "2040413f01" "7f08142241" "7f40404040" "7f020c027f" "7f0408107f" "3e4141413e"
    "7f09090906" "3e4151215e" "7f09192946" "4649494931" "01017f0101" "3f4040403f" "1f2040201f" "3f4038403f"
    "6314081463" "0708700807" "6151494543" "007f414100" "0204081020" "0041417f00" "0402010204" "4040404040"
    "0001020400" "2054545478" "7f48444438" "3844444420" "384444487f" "3854545418" "087e090102" "18a4a4a47c"
    "7f08040478" "00447d4000" "4080847d00" "7f10284400" "00417f4000" "7c04180478" "7c08040478" "3844444438"
    "fc24242418" "18242418fc" "7c08040408" "4854545420" "043f444020" "3c4040207c" "1c2040201c" "3c4030403c"
    "4428102844" "1ca0a0a07c" "4464544c44" "0008364100" "00007f0000" "0041360800" "0402040804"
)  # fmt: skip
OTHERS = {"·": "0000180000", "↵": "10387c1e10", "−": "0808080808", "…": "4000400040"}


def has(text: str) -> bool:
    """Whether every character can be drawn."""
    return all(FIRST <= c <= LAST or c in OTHERS for c in text)


def dots_of(character: str) -> bytes:
    """The five columns of a character that is in the font."""
    if character in OTHERS:
        return bytes.fromhex(OTHERS[character])
    place = COLUMNS * (ord(character) - ord(FIRST))
    return FONT[place : place + COLUMNS]


def width_of(text: str, *, double: bool = False) -> int:
    """How many cells a line of such letters takes."""
    return max(0, (COLUMNS + 1) * len(text) - 1) * (2 if double else 1)


def large(text: str, *, double: bool = False) -> list[str]:
    """The text in rows of blocks: four rows, of half a cell a dot; `double`: eight, of two cells a dot."""
    columns: list[int] = []
    for character in text:
        columns += [*dots_of(character), 0]
    columns = columns[:-1]
    lit: Sequence[Sequence[bool]] = [[bool(column >> row & 1) for column in columns] for row in range(DOTS)]
    if double:
        return ["".join("██" if on else "  " for on in row) for row in lit]
    halves = zip(lit[::2], lit[1::2], strict=True)
    return ["".join(" ▀▄█"[upper + 2 * lower] for upper, lower in zip(*pair, strict=True)) for pair in halves]
