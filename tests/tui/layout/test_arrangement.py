import itertools

import pytest

from charrnn.tui.layout.arrangement import LEAST, arrange

FOUR = ("loss", "window", "memory", "sample")
VIEWS = ("xray", "neurons", "error", "one_step", "lab")
PANELS = FOUR + VIEWS
SIZES = [
    (80, 19),
    (60, 40),
    (100, 15),
    (120, 31),
    (140, 26),
    (200, 45),
    (300, 85),
    (160, 39),
    (40, 7),
    (5, 1),
    (78, 12),
]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_panels_lie_within_the_room_and_never_on_each_other(size):
    for count in range(1, len(PANELS) + 1):
        for opened in itertools.islice(itertools.permutations(PANELS, count), 0, 4000, 97):
            regions = arrange(opened, FOUR, *size, opened[0])
            assert regions, "something is always shown"
            assert set(regions) <= set(opened)
            cells = sum(r.area for r in regions.values())
            assert cells <= size[0] * size[1]
            for region in regions.values():
                assert region.x >= 0 <= region.y
                assert region.right <= size[0]
                assert region.bottom <= size[1]
            for a, b in itertools.combinations(regions.values(), 2):
                assert not a.overlaps(b)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", PANELS)
def test_the_panel_that_was_asked_for_is_always_shown(size, name):
    for others in ((), FOUR, VIEWS, PANELS):
        opened = (*(n for n in others if n != name), name)
        assert name in arrange(opened, FOUR, *size, name)


def test_the_four_stand_as_the_room_allows():
    four = arrange(FOUR, FOUR, 120, 31)
    assert {name: region.size for name, region in four.items()} == {
        "loss": (120, 16),
        "window": (59, 8),
        "memory": (60, 8),
        "sample": (120, 7),
    }
    assert four["window"].y == four["memory"].y
    small = arrange(FOUR, FOUR, 80, 20)
    assert (small["loss"].size, small["window"].height, small["sample"].height) == ((80, 11), 5, 4)
    assert set(arrange(FOUR, FOUR, 40, 7)) == {"loss"}
    assert arrange(FOUR, FOUR, 60, 40)["memory"].width == 60, "below the window"


SETS = (FOUR, *((*FOUR, *VIEWS[:n]) for n in (1, 2, 3)), FOUR[1:], ("memory", "sample"))


@pytest.mark.parametrize("opened", SETS, ids=str)
def test_at_every_size_each_panel_is_of_use_and_one_row_or_column_never_halves_it(opened):
    every = {
        (w, h): {n: r.size for n, r in arrange(opened, FOUR, w, h, "".join(opened[4:][-1:])).items()}
        for w in range(58, 221)
        for h in range(10, 58)
    }
    for (w, h), sizes in every.items():
        if len(sizes) > 1:
            assert all(size.height >= LEAST.get(name, 12) for name, size in sizes.items()), (w, h, sizes)
        assert all(size.width >= (19 if name == "memory" else 57) for name, size in sizes.items()), (w, h, sizes)
        for more in ((w + 1, h), (w, h + 1)):
            # The memory is of use wherever its units have room: it goes from below the window to its side.
            for name in (sizes.keys() & every.get(more, {}).keys()) - {"memory"}:
                less, greater = sorted((sizes[name], every[more][name]), key=lambda size: size.area)
                sides = less.width > greater.width / 2 and less.height > greater.height / 2
                assert sides or less.area > greater.area / 2, (name, (w, h), sizes[name], more, every[more][name])


def test_in_a_small_terminal_a_view_stands_alone():
    assert set(arrange((*FOUR, "xray"), FOUR, 80, 19, "xray")) == {"xray"}
    assert set(arrange((*FOUR, "xray", "neurons"), FOUR, 80, 19, "neurons")) == {"neurons"}
    back = arrange((*FOUR[1:], "xray", "loss"), FOUR, 80, 19, "loss")
    assert set(back) == set(FOUR), "one of the four brings them back"
    assert set(arrange(FOUR, FOUR, 60, 19, "memory")) == {"memory"}, "it has no room among the four"


def test_a_wide_terminal_has_room_for_everything():
    assert set(arrange(PANELS, FOUR, 200, 45)) == set(PANELS)


def test_a_normal_one_shows_the_two_views_opened_last():
    assert set(arrange(PANELS, FOUR, 120, 31)) - set(FOUR) == set(VIEWS[-2:])
