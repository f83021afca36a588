from charrnn.tui.colours.shades import activation_role, chance_role, level


def test_probabilities_have_nine_shades_and_nothing_breaks_them():
    assert [level(p) for p in (0, 0.05, 0.5, 1, float("nan"), -0.1, 1.1)] == [0, 0, 4, 8, 0, 0, 8]
    assert (chance_role(0.5), chance_role(0.5, True)) == ("p4", "p4*")


def test_activations_are_shaded_to_both_sides():
    assert [activation_role(v) for v in (-1, 0, 1, float("nan"), 7)] == ["d-8", "d0", "d8", "d0", "d8"]
    assert activation_role(-0.5, True) == "d-4*"
