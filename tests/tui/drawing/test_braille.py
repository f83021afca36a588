import numpy as np

from charrnn.tui.drawing.braille import BLANK, fill, to_cells


def test_every_dot_has_its_own_bit_in_unicode_order():
    for row in range(4):
        for column in range(2):
            dots = np.zeros((4, 2), bool)
            dots[row, column] = True
            expected = [["⠁", "⠈"], ["⠂", "⠐"], ["⠄", "⠠"], ["⡀", "⢀"]][row][column]
            assert chr(to_cells(dots)[0, 0]) == expected


def test_cells_are_two_dots_wide_and_four_high():
    cells = to_cells(np.ones((8, 6), bool))
    assert cells.shape == (2, 3)
    assert {chr(c) for c in cells.flat} == {"⣿"}
    assert (to_cells(np.zeros((8, 6), bool)) == BLANK).all()


def test_columns_are_filled_from_top_to_bottom():
    dots = fill((4, 3), np.array([1, 0, 3]), np.array([2, 0, 2]))
    assert dots.T.tolist() == [[False, True, True, False], [True, False, False, False], [False] * 4]
