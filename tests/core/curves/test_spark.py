from charrnn.core.curves.spark import spark


def test_a_curve_goes_from_its_lowest_to_its_highest():
    assert spark([0, 1, float("nan")], 3) == "▁█ "
    assert spark([3, 2, 1, 0], 8) == "██▆▆▃▃▁▁"
    assert spark([5, 5], 4) == "▁▁▁▁"


def test_without_numbers_it_is_empty():
    assert spark([], 3) == spark([float("nan")], 3) == "   "
