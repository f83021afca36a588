"""The texts that come with the program: what they are, that rules make them again, and how they are judged."""

import ast
import re
from pathlib import Path

import pytest

from charrnn.core.cli.options import training_parser
from charrnn.samples import EXAMPLE_SETS, NAMES, SAMPLES, generators, judges, read_sample
from charrnn.samples.make import RULES, programs

TEXTS = {name: read_sample(name).decode() for name in NAMES}


@pytest.mark.parametrize(
    ("name", "least"),
    [("prose", 60_000), ("chinese", 15_000), ("play", 30_000), ("paper", 30_000), ("programs", 60_000)],
)
def test_there_is_enough_to_read(name, least):
    assert len(TEXTS[name]) >= least


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_plain_text_with_a_line_end_at_the_end(name):
    text = TEXTS[name]
    assert text.endswith("\n")
    assert not re.search(r"[\r\t\x00-\x08\ufeff]", text)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_makes_its_text_again(name):
    assert getattr(generators, name)() == TEXTS[name]
    assert getattr(generators, name)(seed=99) != TEXTS[name]


def test_every_tune_is_valid_and_none_is_there_twice():
    tunes = TEXTS["tunes"].strip().split("\n\n")
    assert len(tunes) >= 60
    assert [judges.tune_problem(tune) for tune in tunes if judges.tune_problem(tune)] == []
    assert len({tune.split("\n", 2)[2] for tune in tunes}) == len(tunes)


def test_every_sum_is_right_and_every_line_of_brackets_balances():
    sums = judges.judge_sums("\n" + TEXTS["sums"])
    assert sums.right == sums.of == 9000
    brackets = judges.judge_brackets("\n" + TEXTS["brackets"])
    assert brackets.right == brackets.of == 5000


def test_every_echo_is_right_and_many_are_longer_than_a_window():
    echo = judges.judge_echo("\n" + TEXTS["echo"])
    assert echo.right == echo.of > 200


def test_the_programs_would_be_written_as_long_as_they_are():
    core = Path(__file__).parent.parent.parent / "core"
    assert len(programs(core)) >= 60_000
    assert "class CharRNN" in programs(core)


def test_the_programs_are_python():
    ast.parse(TEXTS["programs"].replace("from __future__ import annotations", ""))


def test_the_paper_closes_what_it_opens():
    paper, opened = TEXTS["paper"], []
    for what, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}", paper):
        if what == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []
    assert paper.count("{") - paper.count(r"\{") == paper.count("}") - paper.count(r"\}")


def test_in_the_play_speakers_speak():
    speakers = re.findall(r"^([A-Z]+)\.$", TEXTS["play"], re.M)
    assert len(speakers) > 100
    assert 5 <= len(set(speakers)) <= 12


def test_in_the_prose_quotes_open_and_close():
    for paragraph in TEXTS["prose"].split("\n\n"):
        assert paragraph.count('"') % 2 == 0
    assert TEXTS["prose"].count('"') > 400


@pytest.mark.parametrize(
    ("tune", "problem"),
    [
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G\n|:GABc d2e2|G8:|", ""),
        ("X:1\nT:A\nM:6/8\nL:1/8\nK:Am\n|:A3 B3|c/2c/c2 z3:|", ""),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G\n|:GABc d2|G8:|", "a bar of 3/4 where 1 is right"),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G\n|:G8|G8|", "it ends in the middle"),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G\nG8:|", "a repeat that doesn't open or close"),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:H\nG8|", "no right line K:"),
        ("X:1\nX:2\nT:A\nM:4/4\nL:1/8\nK:G\nG8|", "two lines X:"),
        ("X:1\nT:A\nM:7/8\nL:1/8\nK:G\nG8|", "an unknown meter"),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G\nG4h4|", "'h' is no note"),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G", "no notes"),
        ("X:1\nT:A\nM:4/4\nL:1/8\nK:G\nG/0|", "a note of no length"),
        ("", "no right line X:"),
    ],
)
def test_a_tune_is_judged_by_head_notes_bars_and_repeats(tune, problem):
    assert judges.tune_problem(tune) == problem


def test_whole_lines_are_judged_and_nothing_else():
    assert judges.judge_sums("2=9\n1+1=2\n\n2+2=5\nhello\n3+3=6") == (1, 3)
    assert judges.judge_brackets("x\n()[]\n([)]\n(\n)(\n<") == (1, 4)
    assert judges.judge_echo(f"\n0{'.' * 26}?0\n0{'.' * 26}?1\n0..?0\n") == (1, 2)
    assert judges.judge_sums("") == (0, 0)


def test_a_line_of_python_parses_by_itself_or_at_the_head_of_a_block():
    lines = ["x = 1", "    return x", "def f(a):", "else:", "except ValueError:", "x = (", "hello there", "# a comment"]
    assert [judges.parses(line) for line in lines[:-1]] == [True, True, True, True, True, False, False]
    assert judges.judge_python("\n".join(["", *lines, ""])) == (5, 7)
    assert judges.judge_python("\n" + "(" * 5000 + "x\n\0x\n") == (0, 2)


def test_they_are_listed_with_what_there_is_to_see(capsys):
    with pytest.raises(SystemExit) as ended:
        training_parser("charrnn-tui", "").parse_args(["--list-builtin"])
    assert ended.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    texts, sets = lines[: len(NAMES) + 1], lines[len(NAMES) + 1 :]
    assert [line.split()[0] for line in texts] == ["name", *NAMES]
    assert sets[:2] == ["", "Sets of examples:"]
    assert [line.split()[:2] for line in sets[2:]] == [[s.name, s.task] for s in EXAMPLE_SETS]
    assert all(line.endswith(s.watch) for s, line in zip(EXAMPLE_SETS, sets[2:], strict=True))
    for sample, line in zip(SAMPLES, texts[1:], strict=True):
        assert f"{len(TEXTS[sample.name]):,}" in line
        assert f"{len(set(TEXTS[sample.name])):,}" in line
        assert line.endswith(sample.watch)
