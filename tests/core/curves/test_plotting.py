"""Pictures of runs: what is on them, and that they come out the same."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from charrnn.core.cli.commands.main import main
from charrnn.core.curves.past_runs import PastRun
from charrnn.core.curves.plotting import draw, save
from charrnn.core.training.marks import Mark

mpl = pytest.importorskip("matplotlib")
LN2 = np.log(2)


def past(label="a run", bits=3.0, marks=(), references=(("even guessing", 6 * LN2),), held_out=()):
    steps = np.arange(100, 1100, 100)
    smooth = np.linspace(6, bits, 10) * LN2
    return PastRun(label, steps, steps / 500, smooth, smooth * 0.8, smooth * 1.2, marks, held_out, references)


def texts(figure):
    axes = figure.axes[0]
    return {t.get_text() for t in axes.texts} | {t.get_text() for t in axes.get_legend().get_texts()}


def test_a_single_run_has_its_band_marks_held_out_part_and_references():
    marks = (Mark(0, 300, "rate", "rate 0.1 → 0.05"), Mark(1, 500, "reset", "memory reset"))
    figure = draw([past(marks=marks, held_out=((100, 5 * LN2), (900, 4 * LN2)))])
    assert texts(figure) >= {"even guessing", "single windows", "learning rate", "memory reset", "held out"}
    curve = next(line for line in figure.axes[0].lines if line.get_label() == "a run")
    assert curve.get_ydata()[-1] == pytest.approx(3.0)


@pytest.mark.parametrize(("unit", "value"), [("bits", 3.0), ("nats", 3 * LN2), ("perplexity", 8.0)])
def test_the_unit_is_the_one_that_was_asked_for(unit, value):
    lines = draw([past()], unit=unit).axes[0].lines
    assert next(line for line in lines if line.get_label() == "a run").get_ydata()[-1] == pytest.approx(value)


def test_by_time_the_seconds_go_across():
    axes = draw([past("one"), past("two")], by="time").axes[0]
    assert axes.get_xlabel() == "seconds of training"
    assert axes.lines[0].get_xdata()[-1] == 2.0
    assert "single windows" not in texts(axes.figure)


@pytest.mark.parametrize("name", ["a.svg", "a.pdf", "a.png", "A.SVG"])
def test_a_picture_is_the_same_every_time(tmp_path, name):
    first, second = tmp_path / name, tmp_path / f"again-{name}"
    for path in (first, second):
        save(draw([past()]), path)
    assert first.read_bytes() == second.read_bytes()
    if name == "a.svg":
        assert ET.parse(first).getroot().tag.endswith("svg")


@pytest.mark.parametrize("label", ["$x^2$", "$", "_hidden", "\\frac", "\x1b[31m", "中文"])
@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_name_is_nothing_but_text(tmp_path, label):
    save(draw([past(label)]), tmp_path / "a.svg")
    assert "mathtext" not in (tmp_path / "a.svg").read_text()


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "run.jsonl"
    assert main(["train", "--steps", "300", "--log", str(path), "--no-save", "--quiet", "--hidden-size", "6"]) == 0
    return path


def test_the_command_draws_logs_and_checkpoints_together(log, tmp_path, capsys):
    saved = tmp_path / "run.npz"
    assert main(["train", "--steps", "300", "--quiet", "--hidden-size", "6", "--checkpoint", str(saved)]) == 0
    assert main(["plot", str(log), str(saved), "-o", str(tmp_path / "both.svg")]) == 0
    assert "written" in capsys.readouterr().out
    assert (tmp_path / "both.svg").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["none.jsonl", "-o", "a.svg"], "there is no file"),
        (["LOG", "-o", "a.txt"], "has to end in .svg, .pdf, .png"),
        (["LOG", "-o", "no/such/a.svg"], "can't be written: its folder is gone"),
        (["LOG", "-o", "a\0.svg"], "there can't be a file"),
        (["SCHEDULE", "-o", "a.svg"], "has no curve"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(log, tmp_path, monkeypatch, capsys, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    schedule = tmp_path / "schedule.jsonl"
    schedule.write_text('{"kind": "action", "step": 1, "action": "reset"}')
    names = {"LOG": str(log), "SCHEDULE": str(schedule)}
    with pytest.raises(SystemExit) as ended:
        main(["plot", *(names.get(a, a) for a in arguments)])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert sentence in said
    assert said.count("\n") == 1


def test_without_matplotlib_the_extra_is_named(log, monkeypatch, capsys):
    monkeypatch.setattr("charrnn.core.extras.find_spec", lambda _: None)
    with pytest.raises(SystemExit):
        main(["plot", str(log), "-o", "a.svg"])
    assert "charrnn-tui[plot]" in capsys.readouterr().err


def test_a_held_out_part_that_climbs_stays_in_the_picture():
    figure = draw([past(held_out=((100, 4 * LN2), (1000, 9 * LN2)))])
    assert figure.axes[0].get_ylim()[1] > 9
