import pytest

from charrnn.core import Corpus
from charrnn.core.cli.commands.main import main
from charrnn.core.settings import Settings
from charrnn.core.training import room


def test_what_is_needed_grows_with_every_size():
    base = Settings(cell="gru", layers=2, optimizer="adam")
    sizes = ({"hidden_size": 200}, {"layers": 3}, {"streams": 200}, {"seq_length": 2000}, {"dtype": "float64"})
    for more in sizes:
        assert room.needed(Settings(**{"cell": "gru", "layers": 2, "optimizer": "adam", **more}), 65) > room.needed(
            base, 65
        )
    assert room.needed(base, 5000) > room.needed(base, 65)


def test_the_classic_network_needs_little_more_than_its_arrays():
    weights = 65 * 100 + 100 * 100 + 65 * 100 + 165
    assert 4 * 5 * weights < room.needed(Settings(), 65) < 4 * 7 * weights


def test_something_is_free_here():
    assert room.free() > 50e6


def test_what_the_system_says_is_free_is_read(tmp_path, monkeypatch):
    info = tmp_path / "meminfo"
    info.write_text("MemTotal: 9000 kB\nMemAvailable:    5000 kB\n")
    monkeypatch.setattr(room, "MEMORY_INFO", str(info))
    monkeypatch.setattr(room, "GROUP", str(tmp_path) + "/memory.")
    assert room.free() == 5000 * 1024
    (tmp_path / "memory.max").write_text("4000000\n")
    (tmp_path / "memory.current").write_text("1000000\n")
    assert room.free() == 3_000_000
    (tmp_path / "memory.max").write_text("max\n")
    assert room.free() == 5000 * 1024


@pytest.mark.parametrize("command", [["train", "--no-save"], ["check"]], ids=str)
def test_too_large_a_network_is_one_sentence_with_both_figures(command, tmp_path, monkeypatch, capsys):
    story = tmp_path / "story.txt"
    story.write_text("The clock was slow, and everybody knew it. " * 30)
    monkeypatch.setattr(room, "free", lambda: 4.2e9)
    sizes = ["--cell", "lstm", "--layers", "4", "--hidden-size", "10000"]
    with pytest.raises(SystemExit) as caught:
        main([command[0], str(story), *command[1:], *sizes])
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "GB of memory, and 4.2 GB are free" in err


def test_a_network_that_fits_begins():
    assert room.session_with_room(Corpus.from_text("abc " * 30), Settings(hidden_size=5)).model.hidden_size == 5
