"""What an installed copy must hold, and what it must not load."""

import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from charrnn.samples import NAMES, read_sample

ROOT = Path(__file__).parent.parent


def imported_by(statement):
    """The modules that a fresh interpreter holds after a statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_every_folder_with_code_is_packaged():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    folders = {
        path.parent.relative_to(ROOT)
        for top in ("core", "tui", "samples")
        for path in (ROOT / top).rglob("*.py")
        if "__pycache__" not in path.parts
    }
    assert {"charrnn." + str(folder).replace("/", ".") for folder in folders} == set(settings["packages"])
    assert set(settings["package-dir"]) == {"charrnn.core", "charrnn.tui", "charrnn.samples"}


def test_the_engine_never_loads_the_screen():
    modules = imported_by(
        "import charrnn.core, pkgutil, importlib\n"
        "for m in pkgutil.walk_packages(charrnn.core.__path__, 'charrnn.core.'):\n"
        "  if '.cli' not in m.name and '__main__' not in m.name: importlib.import_module(m.name)\n"
        "from charrnn.core import *"
    )
    assert "charrnn.core.live.trainer" in modules
    assert not {m for m in modules if m.split(".")[0] in ("textual", "rich")}


def test_the_command_line_never_loads_the_screen():
    modules = imported_by(
        "import pkgutil, importlib, charrnn.core.cli\n"
        "for m in pkgutil.walk_packages(charrnn.core.cli.__path__, 'charrnn.core.cli.'):\n"
        "  if not m.name.endswith('__main__'): importlib.import_module(m.name)"
    )
    assert {"charrnn.core.cli.commands.train", "rich"} <= modules
    assert not {m for m in modules if m.split(".")[0] == "textual"}


@pytest.mark.parametrize("home", ["charrnn.tui.cli", "charrnn.core.cli.commands.main"])
def test_help_loads_neither_numpy_nor_textual(home):
    modules = imported_by(
        f"from {home} import main\nimport contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "  for option in ('--help', '--version'):\n"
        "    try: main([option])\n"
        "    except SystemExit: pass"
    )
    assert "charrnn.core.cli.options" in modules
    assert not {m for m in modules if m.split(".")[0] in ("textual", "rich", "numpy")}


def test_the_public_names_are_there():
    import charrnn.core

    for name in charrnn.core.__all__:
        assert getattr(charrnn.core, name).__name__ == name


def test_sample_texts_are_packaged_and_long_enough():
    assert {p.name for p in files("charrnn.samples").iterdir() if p.name.endswith(".txt")} == {
        f"{name}.txt" for name in NAMES
    }
    assert len(read_sample("prose").decode("ascii")) >= 30_000
    assert len(read_sample("chinese").decode()) >= 5_000


def test_the_stylesheet_is_packaged():
    assert files("charrnn.tui").joinpath("app.tcss").is_file()


def test_the_lessons_are_packaged():
    from charrnn.tui.lessons.shelf import NAMES as LESSONS

    assert {p.name for p in files("charrnn.tui.lessons").iterdir() if p.name.endswith(".toml")} == {
        f"{name}.toml" for name in LESSONS
    }
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    assert settings["package-data"]["charrnn.tui.lessons"] == ["*.toml"]
