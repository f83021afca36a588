"""Keys of other keyboard layouts: which key of ours lies where a Cyrillic, Greek or full-width letter was typed.

Only for letters that mean nothing by themselves; where somebody types a text they stay what they are.
"""

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm"
LAYOUTS = (
    ("йцукенгшщзхъфывапролджэячсмить", LATIN),
    ("йцукенгшщзхїфівапролджєячсмить", LATIN),  # Ukrainian
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
)
NAMES = {"<": "less_than_sign", ">": "greater_than_sign", "?": "question_mark", "#": "number_sign", ".": "full_stop"}
NAMES |= {"+": "plus", "-": "minus", "=": "equals_sign", " ": "space"}


def _table() -> dict[str, str]:
    table = {}
    for letters, keys in LAYOUTS:
        for letter, key in zip(letters, keys, strict=True):
            table[letter] = key
            if letter.upper() != letter and len(letter.upper()) == 1:
                table.setdefault(letter.upper(), key.upper())
    wide = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {"\u3000": " "}
    return table | wide


TABLE = _table()


def same_key(character: str) -> str | None:
    """Textual's name of the key of ours at the same place, if there is one."""
    key = TABLE.get(character)
    return NAMES.get(key, key) if key else None
