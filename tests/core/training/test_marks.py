"""The one table of marks."""

from rich.cells import cell_len

from charrnn.core.training.marks import KINDS, MARKS


def test_every_kind_has_a_sign_of_one_cell_and_words():
    assert set(MARKS) == set(KINDS)
    for kind in MARKS.values():
        assert cell_len(kind.symbol) == 1
        assert kind.name
    assert all(kind.meaning for name, kind in MARKS.items() if name != "rate"), "a new rate says it all"
