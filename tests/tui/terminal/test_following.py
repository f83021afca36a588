"""Whether the terminal has another size than Textual believes."""

import pytest

from charrnn.tui.terminal import following
from charrnn.tui.terminal.following import TerminalSize


@pytest.fixture
def terminal(monkeypatch):
    """What the terminal says, to be changed; None once it has gone."""
    said = {"size": (80, 24)}
    monkeypatch.setattr(following, "screen_size", lambda: said["size"])
    return said


def test_a_size_is_missed_where_it_stays_another_than_is_believed(terminal):
    size = TerminalSize()
    assert size.look((80, 24)) is None
    terminal["size"] = (100, 30)
    assert size.look((80, 24)) is None, "it may be about to be told"
    assert size.look((80, 24)) == (100, 30)


@pytest.mark.usefixtures("terminal")
def test_what_was_missed_is_told_once_until_a_resize_has_been_taken_in():
    size = TerminalSize()
    told = [size.look((20, 5)) for _ in range(100)]
    assert told.count((80, 24)) == 1, "a resize that takes long would pile them up"
    size.heard()  # an old one
    assert size.look((100, 30)) == (80, 24)
    size.heard()
    assert size.look((80, 24)) is None


def test_a_terminal_that_goes_away_is_noticed(terminal):
    size = TerminalSize()
    size.look((80, 24))
    terminal["size"] = None
    with pytest.raises(EOFError):
        size.look((80, 24))


def test_where_there_has_been_none_nothing_is_missed(terminal):
    terminal["size"] = None
    assert TerminalSize().look((80, 24)) is None
