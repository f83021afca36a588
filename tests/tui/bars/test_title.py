import pytest

from charrnn.core.settings import Settings
from charrnn.tui.bars.title import TitleBar, text_sizes


def title(width, **options):
    (row,) = TitleBar("tale", text_sizes(11_000, 60), Settings(**options)).draw(width, 1)
    return "".join(text for text, _ in row)


def test_the_classic_network_is_its_sizes():
    assert title(120).endswith("100 units · 25 characters a window · seed 0")
    assert title(60).endswith("H 100 · T 25 · seed 0")


def test_what_differs_from_it_is_named():
    options = {"cell": "gru", "layers": 2, "hidden_size": 128, "streams": 16, "optimizer": "adam"}
    assert "2 layers of 128 GRU units · 25 characters a window · 16 streams · Adam · seed 0" in title(160, **options)
    assert title(80, **options).endswith("2 × GRU H 128 · T 25 · B 16 · Adam · seed 0")


def test_the_seed_goes_before_the_name_is_cut():
    settings = Settings(cell="gru", layers=2, streams=16)
    (row,) = TitleBar("prose (built in)", text_sizes(74_885, 76), settings).draw(80, 1)
    shown = "".join(text for text, _ in row)
    assert "prose (built in)" in shown
    assert shown.endswith("2 × GRU H 100 · T 25 · B 16")


@pytest.mark.parametrize("width", [60, 70, 80, 100, 120, 200])
def test_it_is_never_wider_than_the_screen(width):
    assert len(title(width, cell="lstm", layers=4, hidden_size=10_000, streams=256, seed=2**40)) <= width
