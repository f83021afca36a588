"""Which file may use which: the arrows between the rooms run one way, and nothing runs in a circle.

Every import counts, relative or absolute, at the top of a file or within a function, also those that only type
checkers read. Files are read, not run.
"""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
TOPS = ("core", "tui", "samples")
DOORS = ("core", "core.__main__", "tui", "samples")  # they lead to all rooms
MOST_FILES, MOST_LINES = 15, 250

# Each floor may use what is below it, and rooms of one floor don't use each other.
FLOORS = [
    {"core", "samples"},  # settings, version, units; texts
    {"core.network", "core.text"},
    {"core.tasks", "core.optimizers"},
    {"core.training"},
    {"core.insight", "core.files"},
    {"core.live", "core.curves", "core.exchange", "core.tensorboard"},
    {"core.sweep"},
    {"core.cli"},
    {"tui.colours"},
    {"tui.drawing", "tui.terminal"},
    {"tui.layout", "tui.bars", "tui.screens"},
    {"tui.panels"},
    {"tui.lessons", "tui.serving"},
    {"tui"},
    {"tui.viewers"},
]


def files():
    """Every module by its name below the top, with its path."""
    found = {}
    for top in TOPS:
        for path in sorted((HOUSE / top).rglob("*.py")):
            parts = path.relative_to(HOUSE).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


FILES = files()


def imports(name):
    """What a module imports: modules of ours by name, others by their first word."""
    path = FILES[name]
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.removeprefix("charrnn.")
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module.split(".") if node.module else [])]).removeprefix("charrnn.")
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield inner if inner in FILES else module


OURS = {name: {i for i in imports(name) if i in FILES and i != name} for name in FILES}


def room(name):
    """The folder that the floors know of a module."""
    rooms = [r for floor in FLOORS for r in floor if name == r or name.startswith(f"{r}.")]
    return max(rooms, key=len)


def floor(name):
    return next(number for number, rooms in enumerate(FLOORS) if room(name) in rooms)


def in_no_circle(uses):
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


def test_imports_are_seen_in_all_their_forms():
    assert "core.network.model" in OURS["core.training.session"], "relative"
    assert "core.live.trainer" in OURS["tui.app"], "absolute"
    assert "core.cli.commands.plot" in OURS["core.cli.commands.table"], "within a function"


def test_no_file_imports_itself_in_a_circle():
    in_no_circle(OURS)


def test_no_folder_imports_itself_in_a_circle():
    folders = {}
    for name, used in OURS.items():
        mine = folders.setdefault(FILES[name].parent, set())
        mine |= {FILES[u].parent for u in used} - {FILES[name].parent}
    del folders[HOUSE / "core"]  # the front door: it leads to all rooms, and settings stand beside it
    in_no_circle({str(folder): {str(u) for u in used - {HOUSE / "core"}} for folder, used in folders.items()})


@pytest.mark.parametrize("name", [n for n in FILES if n not in DOORS])
def test_every_arrow_points_down(name):
    up = {
        used
        for used in OURS[name]
        if floor(used) > floor(name) or (floor(used) == floor(name) and room(used) != room(name))
    }
    assert not up


def test_the_engine_knows_no_screen():
    for name in FILES:
        if name.split(".")[0] != "tui":
            assert not {i for i in imports(name) if i.split(".")[0] in ("textual", "tui")}, name


def test_no_panel_is_known_to_bars_layout_or_screens():
    for name in FILES:
        if room(name) in ("tui.bars", "tui.layout", "tui.screens", "tui.drawing"):
            assert not {i for i in OURS[name] if i.startswith("tui.panels")}, name


def test_rooms_and_files_stay_small():
    for folder in {path.parent for path in FILES.values()}:
        assert len([p for p in folder.glob("*.py") if p.stem != "__init__"]) <= MOST_FILES, folder
    for path in FILES.values():
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= MOST_LINES, path


def test_front_doors_are_empty_but_one():
    """Or a command's help would load NumPy."""
    for name, path in FILES.items():
        if path.stem == "__init__" and name not in ("core", "samples"):
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert not [node for node in body if not isinstance(node, ast.Expr)], name
