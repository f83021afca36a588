"""A person's own settings of the screen: the theme, and panels that are open at the start."""

from argparse import Namespace

import pytest
from watched import Watched

from charrnn.core import Corpus, TrainingSession
from charrnn.core.training.run import Run
from charrnn.tui.app import CharRNNApp
from charrnn.tui.cli import main
from charrnn.tui.lesson_app import LESSONS


class Settled(Watched):
    """An app whose options say how it is to look."""

    def __init__(self, **options):
        self.run = Run(TrainingSession(Corpus.from_text("The clock was slow. " * 60, "story"), hidden_size=8))
        self.app = CharRNNApp(self.run, options=Namespace(**options), stop_at=1)
        self._watch()


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("CHARRNN_SETTINGS", str(path))
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    return path


async def test_the_theme_and_the_panels_are_there_from_the_start(monkeypatch):
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    w = Settled(theme="textual-light", panels=("xray", "belief", "neurons"))
    async with w.app.run_test(size=(200, 60)) as pilot:
        await w.paused()
        await pilot.pause()
        assert w.app.theme == "textual-light"
        assert {"loss", "window", "memory", "sample", "xray", "neurons"} <= set(w.app.panels.shown)
        await pilot.press("0")
        assert "xray" not in w.app.panels.shown, "0 is the program's own layout"


async def test_in_a_small_terminal_the_last_of_them_has_the_room():
    w = Settled(theme=None, panels=("xray", "neurons"))
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await pilot.pause()
        assert w.app.panels.shown == ("neurons",)
        await pilot.press("escape")
        await pilot.pause()
        assert w.app.panels.shown != ("neurons",)


async def test_a_theme_of_the_environment_wins(monkeypatch):
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    w = Settled(theme="textual-light", panels=())
    before = w.app.theme
    async with w.app.run_test(size=(80, 24)):
        await w.paused()
        assert w.app.theme == before != "textual-light"


async def test_a_lesson_opens_no_panels():
    w = Settled(theme=None, panels=("xray",), lesson=LESSONS["begin"])
    async with w.app.run_test(size=(200, 60)) as pilot:
        await w.paused()
        await pilot.pause()
        assert "xray" not in w.app.panels.shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\ntheme = 'dark'", "line 2: theme: there is no theme “dark”: textual-dark, textual-light, "),
        ("theme = 3", "line 1: theme: there is no theme without a name in quotes: "),
        ("panels = 'xray'", 'line 1: panels: a list of names in quotes, as ["xray", "neurons"]'),
        ("panels = ['x-ray']", "line 1: panels: there is none “x-ray”: loss, window, memory, sample, xray, "),
        ("fps = 99", "line 1: fps: “99” is not between 1 and 30"),
        ("ascii = 1", "line 1: ascii: true or false, without quotes"),
    ],
)
def test_what_is_wrong_with_it_is_said_before_the_screen_opens(file, capsys, text, said):
    file.write_text(text)
    with pytest.raises(SystemExit) as end:
        main(["--no-save"])
    assert end.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith(f"charrnn-tui: “{file}”, {said}")
    assert err.count("\n") == 1


def test_share_prints_what_came_from_the_file(file, capsys):
    file.write_text("hidden-size = 20\nquiet = true\nfps = 5\nbuiltin = 'echo'")
    assert main(["--share", "--cell", "lstm"]) == 0
    assert capsys.readouterr().out == "charrnn-tui --builtin echo --hidden-size 20 --cell lstm\n"
    assert main(["--share", "--no-settings"]) == 0
    assert capsys.readouterr().out == "charrnn-tui\n"


def test_a_lesson_takes_nothing_of_it_but_the_screens(file, monkeypatch):
    import charrnn.tui.watching

    file.write_text("hidden-size = 20\nno-save = true\nsteps = 5\nfps = 5\ntheme = 'nord'\npanels = ['xray']")
    seen = []
    monkeypatch.setattr("charrnn.tui.terminal.terminal.require_screen", lambda: None)
    monkeypatch.setattr("charrnn.tui.terminal.terminal.require_keyboard", lambda **_: None)
    monkeypatch.setattr(charrnn.tui.watching, "watch", lambda *shown: seen.append(shown[:2]))
    main(["--lesson", "begin"])
    [(options, opened)] = seen
    if opened.saver:
        opened.saver.close()
    assert (options.fps, options.theme, options.steps, options.no_save) == (5, "nord", None, False)
    assert opened.run.settings.hidden_size == 100
    assert not getattr(options, "panels", None)
