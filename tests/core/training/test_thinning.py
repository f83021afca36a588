from charrnn.core.training.thinning import thin


def test_enough_room_keeps_everything():
    points = [1, 2, 3, 4]
    assert not thin(points, 4)
    assert points == [1, 2, 3, 4]


def test_every_second_goes_but_for_the_ends():
    points = list(range(9))
    assert thin(points, 8)
    assert points == [0, 2, 4, 6, 8]


def test_the_newest_stays_also_of_an_even_number():
    points = list(range(10))
    assert thin(points, 9)
    assert (points[0], points[-1]) == (0, 9)
    assert len(points) < 9
