from charrnn.tui.drawing.rows import changed_cells, changed_runs, row_text, row_width, wrapped

A, B, C = [("a", "plain")], [("b", "plain")], [("c", "plain")]


def test_only_rows_that_differ_are_repainted():
    assert list(changed_runs([A, B, C], [A, B, C])) == []
    assert list(changed_runs([A, B, C], [A, C, C])) == [range(1, 2)]
    assert list(changed_runs([A, A, A, A], [B, B, A, B])) == [range(0, 2), range(3, 4)]


def test_rows_that_come_or_go_are_repainted():
    assert list(changed_runs([], [A, B])) == [range(0, 2)]
    assert list(changed_runs([A, B, C], [A])) == [range(1, 3)]


def test_a_new_role_is_a_difference():
    assert list(changed_runs([A], [[("a", "alive")]])) == [range(0, 1)]


def test_width_counts_cells():
    assert row_width([("中文", "plain"), ("ab", "label")]) == 6
    assert row_text([("中", "plain"), ("b", "label")]) == "中b"


def test_a_sentence_is_wrapped_between_words():
    text = "Pause (space), then n makes one step and tells it phase by phase."
    for width in range(12, 80):
        rows = wrapped(text, width)
        assert " ".join(row_text(row) for row in rows) == text
        assert all(row_width(row) <= width for row in rows)


def test_a_sentence_that_quotes_wide_characters_is_wrapped_by_its_cells():
    text = "“，” and “。” cost most"
    assert [row_text(row) for row in wrapped(text, 13)] == ["“，” and “。”", "cost most"]
    assert [row_text(row) for row in wrapped(text, 12)] == ["“，” and", "“。” cost", "most"]


def test_of_a_row_that_changed_only_the_cells_between_what_stayed_are_told():
    old = [("ab", "plain"), ("cd", "alive"), ("ef", "plain")]
    assert changed_cells(old, [("ab", "plain"), ("cx", "alive"), ("ef", "plain")], 20) == (2, 4)
    assert changed_cells(old, [("ab", "plain"), ("cd", "held"), ("ef", "plain")], 20) == (2, 4)
    assert changed_cells(old, [("ab", "plain"), ("中", "alive"), ("ef", "plain")], 20) == (2, 4)
    assert changed_cells(old, old[:2], 20) == (4, 20), "a shorter row ends with the ground"
    assert changed_cells([], old, 20) == (0, 20)
