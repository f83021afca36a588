"""Runs on examples in the app: every set, at every size, with real training."""

import json
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from textual.events import Paste

from charrnn.core.cli.opening import Opened
from charrnn.core.cli.rivals.beside import Beside
from charrnn.core.insight.examples.answers import Answer, Answers, Chosen, Confusion, Picture
from charrnn.core.insight.examples.covering import Word
from charrnn.core.insight.examples.trying import Tried, try_out
from charrnn.core.insight.wanted import NEEDS, Wanted
from charrnn.core.live.commands import Watch
from charrnn.core.settings import TASKS, Settings
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.tasks.examples import Examples
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run
from charrnn.tui.app import CharRNNApp
from charrnn.tui.keys import help_lines
from charrnn.tui.other_way import leave, other_way
from charrnn.tui.panel_list import DIGITS, LISTS, panels_for
from charrnn.tui.panels.answers.panel import AnswersPanel
from charrnn.tui.panels.answers.rows import draw_answers
from charrnn.tui.panels.belief.panel import BeliefPanel
from charrnn.tui.panels.belief.rows import draw_belief
from charrnn.tui.panels.choosing import beside
from charrnn.tui.panels.confusion.panel import ConfusionPanel
from charrnn.tui.panels.confusion.rows import draw_confusion
from charrnn.tui.panels.looks.panel import LooksPanel
from charrnn.tui.panels.looks.rows import draw_looks
from charrnn.tui.panels.loss.panel import LossPanel
from charrnn.tui.panels.one_step.panel import OneStepPanel
from charrnn.tui.panels.panel import RowsPanel
from charrnn.tui.panels.picture.panel import PicturePanel
from charrnn.tui.panels.picture.rows import draw_described, draw_picture
from charrnn.tui.panels.places.panel import PlacesPanel
from charrnn.tui.panels.try_it.canvas import Canvas
from charrnn.tui.panels.try_it.kept import said_of
from charrnn.tui.panels.try_it.paint import PaintPanel
from charrnn.tui.panels.try_it.painted import draw_painted
from charrnn.tui.panels.try_it.panel import TryItPanel
from charrnn.tui.panels.two_ways.panel import TwoWaysPanel
from charrnn.tui.screens.help import START_OF_EXAMPLES, help_text

SETS = ("feelings", "faces", "dates")
THREE = Examples(
    "colours", "label", ("warm", "cold", "green", "warm", "cold"), ("red", "blue", "leaf", "\x1b[31mfire\n", "ice [b]")
)


def app_on(examples, stop_at=30, **options):
    own = {"task": examples.task, **TASKS[examples.task], "hidden_size": 12, "streams": 8, **options}
    return CharRNNApp(Run(session_with_room(examples, replace(Settings(), **own))), stop_at=stop_at)


async def paused(app, pilot):
    """Wait until the trainer has made its steps, and show what it has."""
    assert app.trainer.waiting.wait(20)
    await pilot.pause()
    app.poll(at_once=True)
    await pilot.pause()


async def pressed(app, pilot, *keys):
    """Press keys, and wait until the trainer has answered."""
    await pilot.press(*keys)
    await pilot.pause()
    while app.trainer.look().commands_done < app.trainer.sent:
        await pilot.pause()
    app.poll(at_once=True)
    await pilot.pause()


def text_of(panel, width, height):
    return "\n".join("".join(text for text, _ in row) for row in panel.draw(width, height))


def shown(app):
    return app.export_screenshot().replace("&#160;", " ")


@pytest.mark.parametrize(
    ("name", "size"), [*((name, (80, 24)) for name in SETS), ("dates", (200, 50)), ("faces", (20, 5))], ids=str
)
async def test_it_opens_trains_and_shows_its_own_panels(name, size):
    app = app_on(builtin_examples(name))
    async with app.run_test(size=size) as pilot:
        await paused(app, pilot)
        panels = panels_for(app.trainer.run.settings).panels
        assert [child.name for child in app.panels.children] == [panel.name for panel in panels]
        for key in (*DIGITS, *"0mlxnitsru", "up", "down", "F", "escape", "enter", "escape"):
            await pilot.press(key)
        app.poll(at_once=True)
        await pilot.pause()
        if size[0] >= 80:
            assert name in shown(app)


async def test_answers_are_those_of_the_network():
    app = app_on(builtin_examples("dates"), stop_at=60)
    async with app.run_test(size=(120, 36)) as pilot:
        await paused(app, pilot)
        insight = app.trainer.look().insight
        session = app.trainer.run.session
        asked = session.shown[[answer.number for answer in insight.answers.answers]]
        said = session.task.say(session.reader, asked)
        assert [answer.said for answer in insight.answers.answers] == [one.text for one in said]
        assert [answer.source for answer in insight.answers.answers] == [session.corpus.sources[n] for n in asked]
        panel = app.panel_of(AnswersPanel)
        told = "".join(text for text, _ in panel.subtitle)
        assert "of these 24 right, of 400 held out" in told
        first = panel.draw(80, 10)[1]
        app.set_focus(panel)
        await pilot.press("down")
        assert panel.draw(80, 10)[0] != first
        await pilot.press("up", "up")
        assert panel.draw(80, 10)[1] == first


async def test_m_shows_how_many_are_right_of_what_is_held_out_and_of_what_is_learnt():
    app = app_on(builtin_examples("feelings"), stop_at=40)
    async with app.run_test(size=(120, 36)) as pilot:
        await paused(app, pilot)
        app.trainer.run.measure()
        chart = app.panel_of(LossPanel)
        assert chart.title == "Loss"
        assert "bits per decision" in text_of(chart, 100, 14)
        await pilot.press("m")
        drawn = text_of(chart, 100, 30)
        assert chart.title == "Right"
        assert "per cent" in drawn
        assert all(word in drawn for word in ("held out", "in training", "without reading", "100", "51.0%"))
        assert "nine batches" not in drawn
        app.set_focus(chart)
        await pilot.press("left")
        assert "held out" in text_of(chart, 100, 14).splitlines()[0]
        for unit in ("nats per decision", "perplexity", "bits per decision"):
            await pilot.press("m")
            await pilot.press("escape")
            assert unit in text_of(chart, 120, 16)
        assert {line[-1] for line in chart.table()} == {"bits per decision"}


async def test_looking_changes_nothing_that_is_learnt():
    app, plain = app_on(builtin_examples("feelings")), app_on(builtin_examples("feelings")).trainer.run
    async with app.run_test(size=(120, 36)) as pilot:
        await paused(app, pilot)
        for _ in range(30):
            plain.step()
        assert (app.trainer.run.session.model.parameters.flat == plain.session.model.parameters.flat).all()


async def test_another_sentence_and_another_picture_are_shown_by_a_key():
    for name, kind in (("feelings", BeliefPanel), ("faces", PicturePanel)):
        app = app_on(builtin_examples(name), stop_at=5)
        async with app.run_test(size=(100, 40)) as pilot:
            await paused(app, pilot)
            panel = app.panel_of(kind)
            app.set_focus(panel)
            await pilot.pause()
            first = panel.draw(80, 20)
            await pressed(app, pilot, "down")
            assert panel.draw(80, 20) != first
            await pressed(app, pilot, "up")
            assert panel.draw(80, 20) == first


async def test_where_it_looks_is_what_attention_says():
    app = app_on(builtin_examples("dates"), stop_at=40)
    async with app.run_test(size=(130, 40)) as pilot:
        await paused(app, pilot)
        answer = app.trainer.look().insight.answers.answers[0]
        assert len(answer.shares) - len(answer.said) in (0, 1), "who doesn't end has no end to look for"
        assert answer.shares.shape[1] == len(answer.source)
        assert answer.shares.sum(1) == pytest.approx(1, abs=1e-5)
        drawn = text_of(app.panel_of(LooksPanel), 70, 24).splitlines()
        assert " ".join(answer.source) in drawn[1], "of a short source letters stand apart"
        assert [row.split()[0] for row in drawn[2 : 2 + len(answer.said)]] == list(answer.said)
        assert drawn[2].endswith(f"{answer.shares[0].max():.0%}")
        assert "more have no room" in text_of(app.panel_of(LooksPanel), 70, 6)
        for width in (8, 12, 30, 60):
            app.panel_of(LooksPanel).draw(width, 10)


async def test_without_attention_the_grid_shows_what_each_sign_comes_from():
    app = app_on(builtin_examples("dates"), stop_at=3, attention=False)
    async with app.run_test(size=(130, 40)) as pilot:
        await paused(app, pilot)
        insight = app.trainer.look().insight
        assert insight.answers.one.shares is None
        assert insight.origins.shape == (len(insight.answers.one.chances), len(insight.answers.one.source))
        drawn = text_of(app.panel_of(LooksPanel), 100, 30)
        assert "gradient × input" in drawn
        assert "nats" in drawn
        assert f"{np.abs(insight.origins[0]).max():.2f}" in drawn.splitlines()[2]


@pytest.mark.parametrize("length", [5, 39, 40, 41, 60, 61, 200])
def test_of_a_long_sentence_its_end_is_shown(length):
    text = "".join("abcdefghij"[n % 10] for n in range(length))
    beliefs = tuple((1 - n / length, n / length) for n in range(length))
    answer = Answer(0, text, "up", "up", True, (0.9,), None, ("down", "up"), beliefs)
    for width in (30, 46, 66):
        rows = ["".join(part for part, _ in row) for row in draw_belief(answer, width, 11)]
        sentence = next(row for row in rows if row.strip().startswith("50%"))
        assert sentence.replace(" ", "").endswith(text[-5:])
        assert all(len(row) <= width for row in rows)
        (row,) = draw_answers([answer], width)
        drawn = "".join(part for part, _ in row)
        assert drawn.endswith(text[-2:])
        assert len(drawn) <= width


HOSTILE = "\x1b[31m\x07\t\u202e\u200b\n[b]"


@pytest.mark.parametrize("size", [(76, 18), (40, 12), (198, 44), (12, 4)])
@pytest.mark.parametrize(
    "texts", [("warm", "the tea"), (HOSTILE, HOSTILE + " tea"), ("很好" * 9, "茶很好喝 今天"), ("طيب", "شاي طيب")]
)
def test_no_text_of_anybodys_is_obeyed_or_pushes_cells_apart(texts, size):
    label, text = texts
    labels = (label, "other")
    beliefs = tuple((n / len(text), 1 - n / len(text)) for n in range(len(text)))
    picture = Picture((4, 4), (1.0,) * 16)
    shares = np.full((len(text) + 1, len(text)), 1 / len(text))
    words = tuple(Word(w, text.index(w), text.index(w) + len(w), 0.5, 0.1, np.eye(4)) for w in text.split())
    told = Answer(0, text, label, "other", False, (0.9,), None, labels, beliefs)
    third = told._replace(labels=(*labels, "third"), beliefs=tuple((*b, 0.0) for b in beliefs))
    written = Answer(0, text, label, text, False, (0.5,) * (len(text) + 1), picture, shares=shares)
    rows = [
        *draw_belief(told, *size),
        *draw_belief(third, *size),
        *draw_answers([told, third, written], size[0]),
        *draw_described(written, (), 0, *size),
        *draw_described(written, words, len(words) - 1, *size),
        *draw_described(written._replace(target=label + " x"), words, 0, *size),
        *draw_looks(written, shares, *size),
        *draw_confusion(Confusion(labels, np.array([[3, 1], [0, 4]]), True), *size),
    ]
    assert all(c.isprintable() for row in rows for part, _ in row for c in part)


def test_a_belief_stands_over_its_character_where_characters_are_wide():
    text, labels = "茶很好喝", ("down", "up")
    answer = Answer(0, text, "up", "up", True, (0.9,), None, labels, tuple((0.0, 1.0) for _ in text))
    rows = ["".join(part for part, _ in row) for row in draw_belief(answer, 60, 11)]
    margin = 6
    assert rows[0] == f"▌{'up':<{margin - 1}}" + "█" * 8
    assert f"{'50%':>{margin - 2}}  {text}" in rows
    grid = [
        "".join(part for part, _ in row)
        for row in draw_looks(answer._replace(said="ab", chances=(0.9,) * 3), np.eye(4)[:3], 60, 8)
    ]
    assert grid[0].startswith(f"      {text}")
    assert cell_len(grid[1]) == cell_len(grid[0])


def test_signs_that_are_wrong_are_underlined_below_a_picture_too():
    answer = Answer(0, "", "a sad face", "a mad face", False, (0.9,) * 11, Picture((4, 4), (0.0,) * 16))
    roles = {part: role for row in draw_described(answer, (), 0, 40, 10) for part, role in row}
    assert roles["m"] == "copied"
    assert roles["for a sad face"] == "label"


async def test_the_confusion_counts_what_is_said_of_all_that_is_held_out():
    app = app_on(builtin_examples("feelings"), stop_at=40)
    async with app.run_test(size=(160, 40)) as pilot:
        await paused(app, pilot)
        await pilot.press("4")
        await pilot.pause()
        assert app.trainer.send(Watch(app._wanted))
        await paused(app, pilot)
        session, found = app.trainer.run.session, app.trainer.look().insight.confusion
        said = session.task.say(session.reader, session.held_out.held)
        truth = [session.corpus.targets[n] for n in session.held_out.held]
        for row, right in enumerate(found.labels):
            for column, told in enumerate(found.labels):
                both = sum(t == right and one.text == told for t, one in zip(truth, said, strict=True))
                assert found.counts[row, column] == both
        drawn = text_of(app.panel_of(ConfusionPanel), 60, 8)
        assert f"✓ {found.counts[0, 0]}" in drawn
        assert f"✗ {found.counts[0, 1]}" in drawn
        assert "400 held out right" in drawn


async def test_three_labels_and_hostile_texts():
    app = app_on(THREE, held_out=0.0, streams=4)
    async with app.run_test(size=(100, 30)) as pilot:
        await paused(app, pilot)
        drawn = "\n".join("".join(text for text, _ in row) for row in app.panel_of(BeliefPanel).draw(90, 12))
        assert all(label in drawn for label in ("warm", "cold", "green"))
        answers = "\n".join("".join(text for text, _ in row) for row in app.panel_of(AnswersPanel).draw(90, 12))
        assert "that it learns" in answers
        assert "\x1b" not in answers
        assert "␛[31mfire" in answers
        assert "ice [b]" in answers


async def test_the_help_explains_the_panels_of_the_task_only():
    app = app_on(builtin_examples("faces"), stop_at=1)
    async with app.run_test(size=(100, 30)) as pilot:
        await paused(app, pilot)
        await pilot.press("question_mark")
        text = help_text(app.list.help_texts(), start=START_OF_EXAMPLES)
        assert not any(word in text for word in ("letter pairs", "Adagrad", "windows", "gzip"))
        assert "**Picture.**" in text
        assert "**Belief.**" not in text
        await pilot.press("escape")


@pytest.mark.parametrize("task", LISTS)
def test_every_list_has_a_chart_and_names_given_once(task):
    names = [panel.name for panel in LISTS[task].panels]
    assert "loss" in names
    assert len(set(names)) == len(names)
    assert json.dumps(LISTS[task].keys)


async def test_a_sentence_is_typed_and_its_belief_is_that_of_an_example():
    app = app_on(builtin_examples("feelings"), stop_at=40)
    async with app.run_test(size=(120, 36)) as pilot:
        await paused(app, pilot)
        await pressed(app, pilot, "i")
        panel = app.panel_of(TryItPanel)
        assert [one.name for one in app.panels_on_screen()] == ["try_it"]
        assert "Type something like" in shown(app)
        await pressed(app, pilot, *("space" if c == " " else c for c in "the tea 7+-"))
        assert panel.line.value == "the tea 7+-", "all keys are typed, those of the program too"
        tried, session = app.trainer.look().insight.tried, app.trainer.run.session
        assert tried == try_out(session, Tried("the tea 7+-"))
        assert tried.unknown == ("7", "+", "-")
        assert tried.answer.source == "the tea "
        drawn = text_of(panel.below, 116, 30)
        assert "never read 7 + -" in drawn
        assert said_of(tried.answer) in drawn
        assert app.trainer.look().learning_rate == session.learning_rate
        await pressed(app, pilot, "enter")
        assert panel.line.value == ""
        assert "     40  " in text_of(panel.below, 116, 30)
        await pressed(app, pilot, "up")
        assert panel.line.value == "the tea "
        await pressed(app, pilot, "down", "down")
        assert panel.line.value == ""
        await pressed(app, pilot, "escape")
        assert len(app.panels_on_screen()) > 1


async def test_what_is_pasted_is_shown_and_never_obeyed():
    app = app_on(builtin_examples("feelings"), stop_at=2)
    async with app.run_test(size=(100, 30)) as pilot:
        await paused(app, pilot)
        await pressed(app, pilot, "i")
        app.post_message(Paste("the\x0e tea\u202e\x9b31m\x1b[2J was\r\nnot"))
        await pressed(app, pilot)
        line = app.panel_of(TryItPanel).line
        assert line.value.isprintable()
        assert line.value.startswith("the␎ tea∅")
        assert "␛" in line.value
        await pressed(app, pilot, "question_mark")
        assert line.value.endswith("?"), "it is typed here"
        await pilot.press("f1")
        await pilot.pause()
        assert len(app.screen_stack) == 2, "and F1 is the help"
        await pilot.press("escape")
        await pressed(app, pilot, "escape")
        assert "try_it" not in [panel.name for panel in app.panels_on_screen()], "one Esc leaves"


async def test_a_source_is_typed_and_its_translation_comes_with_the_grid():
    app = app_on(builtin_examples("dates"), stop_at=60)
    async with app.run_test(size=(120, 36)) as pilot:
        await paused(app, pilot)
        source = app.trainer.look().insight.answers.one.source
        await pressed(app, pilot, "i")
        await pressed(app, pilot, *("space" if c == " " else c for c in source))
        below = app.panel_of(TryItPanel).below
        assert below.tried.answer.said == app.trainer.look().insight.answers.one.said
        drawn = text_of(below, 116, 30)
        assert "most" in drawn
        assert len(below.said) > 1, "what was said on the way"
        assert "As you typed" in drawn


async def test_dots_are_painted_by_keys_and_by_the_mouse():
    app = app_on(builtin_examples("faces"), stop_at=20)
    async with app.run_test(size=(120, 36)) as pilot:
        await paused(app, pilot)
        await pressed(app, pilot, "i")
        panel, session = app.panel_of(PaintPanel), app.trainer.run.session
        first = panel.canvas.dots
        assert first == app.trainer.look().insight.answers.answers[0].picture.dots
        at = panel.canvas.row * 16 + panel.canvas.column
        await pressed(app, pilot, "space")
        assert panel.canvas.dots[at] == float(first[at] < 0.5)
        assert app.trainer.look().state == "paused", "space paints here"
        assert panel.insight.tried.answer.said == try_out(session, Tried(dots=panel.canvas.dots)).answer.said
        await pressed(app, pilot, "up", "left")
        assert (panel.canvas.row, panel.canvas.column) == (7, 7)
        await pressed(app, pilot, "c")
        assert not any(panel.canvas.dots)
        await pilot.mouse_down(panel, offset=(1, 1))
        await pilot.hover(panel, offset=(5, 1))
        await pilot.mouse_up(panel, offset=(5, 1))
        await pressed(app, pilot)
        assert panel.canvas.dots[:2] == (1.0, 1.0), "dragged"
        assert sum(panel.canvas.dots) == 2
        await pressed(app, pilot, "u", "u", "u", "u")
        assert panel.canvas.dots == first
        await pressed(app, pilot, "u")
        await pressed(app, pilot, "n")
        assert panel.canvas.dots == app.trainer.look().insight.answers.answers[1].picture.dots


async def test_only_wrong_ones_are_listed_and_gone_through_in_every_panel():
    app = app_on(builtin_examples("dates"), stop_at=30)
    async with app.run_test(size=(130, 44)) as pilot:
        await paused(app, pilot)
        app.set_focus(app.panel_of(LooksPanel))
        await pressed(app, pilot, "e")
        await pressed(app, pilot)  # the wrong one that was found stays
        found = app.trainer.look().insight.answers
        assert found.chosen.only_wrong
        assert "are wrong" in text_of(app.panel_of(AnswersPanel), 100, 10)
        assert f"wrong example 1 of {len(found.wrong)}" in text_of(app.panel_of(LooksPanel), 100, 10)
        await pressed(app, pilot, "down")
        assert app.trainer.look().insight.answers.one.number == found.wrong[1]
        await pressed(app, pilot, "4")
        assert f"wrong example 2 of {len(found.wrong)}" in text_of(app.panel_of(TwoWaysPanel), 100, 20)
        app.set_focus(app.panel_of(TwoWaysPanel))
        await pressed(app, pilot, "up", "e")
        assert app.panel_of(LooksPanel).insight.answers.one.number == found.wrong[0]
        assert not app.panel_of(LooksPanel).insight.answers.chosen.only_wrong


def test_the_next_wrong_one_is_found_from_anywhere():
    found = Answers((), 10, True, wrong=(2, 5, 9))
    for number, by, then in ((2, 1, 5), (3, 1, 5), (9, 1, 2), (2, -1, 9), (4, -1, 2), (5, -1, 2), (0, -1, 9)):
        assert beside(found, Chosen(number, True), by).number == then
    assert beside(found, Chosen(9), 1).number == 0
    assert beside(found, Chosen(0), -1).number == 9


async def test_two_ways_and_places_show_what_is_measured():
    app = app_on(builtin_examples("dates"), stop_at=40)
    async with app.run_test(size=(130, 44)) as pilot:
        await paused(app, pilot)
        await pressed(app, pilot, "4")
        await pressed(app, pilot, "5")
        insight = app.trainer.look().insight
        drawn = text_of(app.panel_of(TwoWaysPanel), 70, 20)
        assert insight.ways.told in drawn
        assert insight.ways.right in drawn
        assert "▲" in drawn
        before = insight.places._replace(step=7, thirds=(0.125, 0.25, 0.375))
        panel = app.panel_of(PlacesPanel)
        drawn = text_of(panel, 70, 20)
        assert f"start    {'━' * round(30 * insight.places.thirds[0])}" in drawn
        panel._before = before
        drawn = text_of(panel, 70, 20)
        assert "without, after 7 steps" in drawn
        assert " 12%" in drawn


async def test_a_asks_and_ends_to_begin_the_other_way():
    app = app_on(builtin_examples("dates"), stop_at=3)
    async with app.run_test(size=(100, 30)) as pilot:
        await paused(app, pilot)
        await pilot.press("a")
        await pilot.pause()
        assert "without attention" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.followed_by is None
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert app.followed_by is other_way
    left, other = leave(app.trainer.run, 1.0), other_way(Opened(app.trainer.run, 1.0, None))
    assert left.curve.label == "with attention"
    assert left.curve.steps.tolist() == [1, 2, 3]
    assert left.places.step == 3
    assert other.run.settings == replace(app.trainer.run.settings, attention=False)
    assert other.run.session.step_count == 0
    again = CharRNNApp(other.run, beside=Beside((left.curve,)), places_before=left.places, stop_at=3)
    async with again.run_test(size=(120, 36)) as pilot:
        await paused(again, pilot)
        assert "with attention" in text_of(again.panel_of(LossPanel), 110, 14)
        await pilot.press("m")
        right = text_of(again.panel_of(LossPanel), 110, 14)
        assert "with attention" in right
        await pressed(again, pilot, "5")
        assert "with attention, after 3 steps" in text_of(again.panel_of(PlacesPanel), 80, 20)


async def test_keys_of_texts_say_why_they_mean_nothing_here():
    app = app_on(builtin_examples("feelings"), stop_at=2)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await paused(app, pilot)
        done = app.trainer.sent
        for key, why in (("r", "no memory to reset"), ("t", "what is likeliest"), ("s", "what is likeliest")):
            app._told.clear()
            await pressed(app, pilot, key)
            assert any(why in note.message for note in app._notifications), key
        assert app.trainer.sent == done, "nothing was asked for"
        keys = [key for key, _ in help_lines(of_texts=False)]
        assert "r" not in keys
        assert "u" in keys


async def test_a_and_i_mean_nothing_where_there_is_nothing_to_change():
    app = app_on(builtin_examples("feelings"), stop_at=1)
    async with app.run_test(size=(100, 30)) as pilot:
        await paused(app, pilot)
        await pilot.press("a")
        await pilot.pause()
        assert len(app.screen_stack) == 1


def test_pictures_of_any_size_are_shaded_and_painted_at_any_size():
    for rows, columns in ((4, 4), (5, 9), (16, 16), (64, 64), (40, 7)):
        dots = tuple(n / (rows * columns) for n in range(rows * columns))
        canvas = Canvas((rows, columns), dots)
        for width, height in ((118, 31), (78, 20), (36, 10), (20, 5), (8, 3)):
            for drawn in (
                draw_picture(Picture((rows, columns), dots), width, height, np.ones((rows, columns))),
                draw_painted(canvas, None, [], width, height),
            ):
                assert len(drawn) <= height
                assert all(sum(cell_len(text) for text, _ in row) <= width for row in drawn)


WORDS = {  # what each phase of a step has to say of its task
    "feelings": ("empty memory", "Many to one", "", "The last one", "The decision's error"),
    "faces": ("empty memory", "One to many", "", "END too", "The end's error"),
    "dates": ("empty memory", "Many to many", "", "From GO on", "straight to what it looked at"),
}


@pytest.mark.parametrize("name", SETS)
async def test_a_step_is_told_in_the_form_of_its_task(name):
    app = app_on(builtin_examples(name), stop_at=5)
    async with app.run_test(size=(140, 48)) as pilot:
        await paused(app, pilot)
        for phase, words in enumerate(WORDS[name]):
            await pressed(app, pilot, "n")
            panel = app.panel_of(OneStepPanel)
            drawn = text_of(panel, 130, 46)
            assert f"{phase + 1} of 8" in drawn
            assert words in " ".join(drawn.split())
            if phase == 1:
                assert ("picture" in drawn.splitlines()[-6]) or "picture" in drawn or name != "faces"
            if phase == 3 and name != "feelings":
                assert " END" in drawn or "GO" in drawn
        await pressed(app, pilot, "n", "n", "n")
        drawn = " ".join(text_of(panel, 130, 46).split())
        assert "8 of 8" in drawn
        assert "Nothing is carried on" in drawn
        assert app.trainer.look().step == 6
        reading = panel.insight.window
        assert reading.cost >= 0


ODD = "\x1b[31m\x07\u202e茶 شاي [b]"
HOSTILE_SETS = (
    Examples("odd", "label", tuple("ab\x1b"[n % 3] + ODD for n in range(9)), tuple(f"{ODD}{n}" for n in range(9))),
    Examples("odd", "translate", tuple(f"{ODD}{n}" for n in range(9)), tuple(f"{n}{ODD}" for n in range(9))),
    Examples(
        *("odd", "describe", tuple(f"{ODD} {n} {ODD}" for n in range(9))),
        pictures=np.eye(9, 20, dtype=np.float32),
        size=(4, 5),
    ),
)


@pytest.mark.parametrize("examples", HOSTILE_SETS, ids=lambda examples: examples.task)
async def test_every_panel_of_every_task_shows_anybodys_text_safely_at_any_size(examples):
    app = app_on(examples, stop_at=3, held_out=0.2, streams=3)
    async with app.run_test(size=(160, 50)) as pilot:
        await paused(app, pilot)
        await pressed(app, pilot, "i")
        if examples.task != "describe":
            app.panel_of(TryItPanel).line.value = ODD
            await pressed(app, pilot, "enter")
        await pressed(app, pilot, "escape")
        await pressed(app, pilot, "n")
        app.trainer.send(Watch(Wanted(NEEDS, tried=Tried(ODD, (0.5,) * 20))))
        await pressed(app, pilot)
        insight = app.trainer.look().insight
        for panel in (app.panel(one.name) for one in app.list.panels):
            shown_by = getattr(panel, "below", panel)
            if isinstance(panel, RowsPanel):
                panel.insight = insight
            for width, height in ((158, 44), (78, 20), (60, 12), (36, 11), (20, 5), (5, 3)):
                rows = shown_by.draw(width, height)
                assert all(c.isprintable() for row in rows for text, _ in row for c in text), panel.name
