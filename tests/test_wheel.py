"""The wheel and the source archive: they hold what they must, and run alone, without the checkout. No network."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("setuptools", minversion="77", reason="setuptools isn't installed: the extra dev has it")
ROOT = Path(__file__).parent.parent
FILES = ("pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md", "LICENSE", "Makefile")
FOLDERS = ("core", "docs", "samples", "tui")
MAKE = "import sys; from setuptools import build_meta; getattr(build_meta, 'build_' + sys.argv[1])(sys.argv[2])"


def made(source, what, place):
    """The path of a `wheel` or an `sdist` of a folder."""
    place.mkdir()
    subprocess.run([sys.executable, "-c", MAKE, what, place], cwd=source, check=True, capture_output=True, timeout=120)
    [path] = place.iterdir()
    return path


def contents(wheel):
    """The check sums of its files by name."""
    with zipfile.ZipFile(wheel) as file:
        return {info.filename: info.CRC for info in file.infolist() if not info.filename.endswith("/RECORD")}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the checkout, so that nothing is written there; nothing of an earlier build is in it."""
    place = tmp_path_factory.mktemp("source")
    for name in FILES:
        shutil.copy(ROOT / name, place)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    return place


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    return made(source, "wheel", tmp_path_factory.mktemp("wheel") / "dist")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of programs where the wheel is installed, beside what it needs and nothing of the checkout."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True, timeout=60)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    if shutil.which("uv"):
        install = ["uv", "pip", "install", "--quiet", "--offline", "--python", programs / "python"]
    else:
        pytest.importorskip("pip", reason="neither uv nor pip is installed")
        install = [sys.executable, "-m", "pip", "--python", place, "install", "--quiet", "--no-index"]
    subprocess.run([*install, "--no-deps", wheel], check=True, timeout=120)
    [own] = place.glob("lib/python*/site-packages") if os.name != "nt" else [place / "Lib" / "site-packages"]
    # Each line of such a file is a folder to import from. What leads to the checkout from there isn't followed.
    (own / "needed.pth").write_text(sysconfig.get_path("purelib"))
    return programs


def run(installed, tmp_path, *words):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    line = [str(installed / words[0]), *words[1:]]
    done = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_holds_every_module_and_everything_beside_them(wheel):
    inside = contents(wheel)
    for top in ("core", "tui", "samples"):
        for path in (ROOT / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"charrnn/{path.relative_to(ROOT).as_posix()}" in inside, path
    assert {Path(name).parts[0] for name in inside} == {"charrnn", f"{wheel.name.split('-py3')[0]}.dist-info"}


def test_it_runs_alone(installed, wheel, tmp_path):
    where = "import charrnn.core, charrnn.tui; print(charrnn.core.__file__, charrnn.tui.__file__)"
    for path in run(installed, tmp_path, "python", "-c", where).split():
        assert Path(path).is_relative_to(installed.parent)
    version = wheel.name.split("-")[1]
    assert run(installed, tmp_path, "charrnn", "--version") == f"charrnn {version}\n"
    assert run(installed, tmp_path, "charrnn-tui", "--version") == f"charrnn-tui {version}\n"
    out = run(installed, tmp_path, "charrnn", "train", "--builtin", "echo", "--steps", "5", "--no-save")
    assert "5 steps in" in out
    assert "usage: charrnn-tui" in run(installed, tmp_path, "charrnn-tui", "--help")
    assert run(installed, tmp_path, "charrnn-tui", "--share", "--builtin", "echo") == "charrnn-tui --builtin echo\n"


@pytest.mark.parametrize("program", ["charrnn.core", "charrnn.tui"])
def test_python_m_is_the_same_program(installed, tmp_path, program):
    named = {"charrnn.core": "charrnn", "charrnn.tui": "charrnn-tui"}[program]
    assert run(installed, tmp_path, "python", "-m", program, "--version").startswith(f"{named} ")
    assert f"python -m {program}" in (ROOT / "README.md").read_text()


def test_a_wheel_of_the_source_archive_is_the_same_wheel(source, wheel, tmp_path):
    archive = made(source, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as file:
        names = file.getnames()
        file.extractall(tmp_path / "unpacked", filter="data")
    [unpacked] = (tmp_path / "unpacked").iterdir()
    again = made(unpacked, "wheel", tmp_path / "dist")
    assert again.name == wheel.name
    assert contents(again) == contents(wheel)
    assert {f"{unpacked.name}/{name}" for name in ("CHANGELOG.md", "LICENSE", "docs/library.md")} <= set(names)
