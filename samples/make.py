"""`make samples`: write the texts that are made by a rule into this folder; the others are written by hand.

The programs are the modules of `core` and its folders, one after the other, as they were when this was run last.
"""

from pathlib import Path

from . import generators

FOLDER = Path(__file__).resolve().parent
RULES = ("tunes", "sums", "brackets", "echo")


def programs(core: Path) -> str:
    """The source of the engine as one text, a module after the other."""
    return "\n\n".join(path.read_text(encoding="utf-8").strip("\n") for path in sorted(core.rglob("*.py"))) + "\n"


def main() -> None:
    """Write them all."""
    texts = {name: getattr(generators, name)() for name in RULES}
    texts["programs"] = programs(FOLDER.parent / "core")
    for name, text in texts.items():
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}.txt: {len(text):,} characters")


if __name__ == "__main__":
    main()
