"""Each extra alone: installed in an environment of its own, with its tests, and a line that needs each of the others.

`make test-extras ARGS="plot completion"`; without names, all of them. It needs the network, and some minutes.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
NEEDED = ("pytest", "pytest-asyncio", "hypothesis")
# What is tested of an extra, what its tests read with, and a line that asks for it in a folder that has nothing.
TESTS = {
    "plot": (("tests/core/curves/test_plotting.py",), ()),
    "pictures": (("tests/core/tasks/test_example_files.py",), ()),
    "tensorboard": (("tests/core/tensorboard",), ("tensorboard",)),
    "completion": (("tests/core/cli/test_completion.py",), ()),
    "export": (("tests/core/exchange", "tests/core/cli/commands/test_exchange.py"), ("onnxruntime",)),
    "sweep": (("tests/core/sweep", "tests/core/cli/test_grid.py"), ()),
    "web": (("tests/tui/serving", "tests/tui/viewers"), ("pyte", "pexpect")),
}
LINES = {
    "plot": ("charrnn", "plot", "none.jsonl", "-o", "none.svg"),
    "tensorboard": ("charrnn", "export", "none.jsonl", "--tensorboard", "none"),
    "completion": ("charrnn", "--print-completion", "bash"),
    "export": ("charrnn", "export", "none.npz", "-o", "none.onnx"),
    "sweep": ("charrnn", "sweep", "none.txt", "--grid", "cell=rnn", "--steps", "5", "-o", "none"),
    "web": ("charrnn-tui", "none.txt", "--serve", "0"),
}
MODULES = {
    "plot": "matplotlib",
    "tensorboard": "tensorboardX",
    "completion": "shtab",
    "export": "onnx",
    "sweep": "distributed",
    "web": "textual_serve",
}


def check(extra: str, place: Path) -> list[str]:
    """What is wrong with an extra, in words."""
    python = place / "bin" / "python"
    tests, beside = TESTS.get(extra, ((), ()))
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, f"{ROOT}[{extra}]", *NEEDED, *beside], check=True)
    wrong = []
    smoke = subprocess.run(
        [place / "bin" / "charrnn", "train", "--builtin", "echo", "--steps", "5", "--no-save", "--quiet"], cwd=place
    )
    if smoke.returncode:
        wrong.append("charrnn train doesn't run")
    for other, line in LINES.items():
        there = not subprocess.run([python, "-c", f"import {MODULES[other]}"], stderr=subprocess.DEVNULL).returncode
        done = subprocess.run([place / "bin" / line[0], *line[1:]], cwd=place, capture_output=True, text=True)
        said = f"pip install 'charrnn-tui[{other}]'" in done.stderr and done.stderr.count("\n") == 1
        if "Traceback" in done.stderr or said == there or (not there and done.returncode != 2):
            wrong.append(f"{' '.join(line)}: {done.stderr.strip()}")
    if other := sorted(set(tests) - {str(p) for p in tests if (ROOT / p).exists()}):
        wrong.append(f"there is no {', '.join(other)}")
    if tests and subprocess.run([python, "-P", "-m", "pytest", "-q", *tests], cwd=ROOT).returncode:
        wrong.append("its tests fail")
    return wrong


def main(names: list[str]) -> int:
    """Check these extras, or all; returns 1 where something is wrong."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    failed = 0
    for extra in names or [name for name in extras if name not in ("dev", "bench")]:
        with tempfile.TemporaryDirectory() as folder:
            wrong = check(extra, Path(folder) / "venv")
        print(f"{extra}: {'; '.join(wrong) or 'fine'}", flush=True)
        failed |= bool(wrong)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
