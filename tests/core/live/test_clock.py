from charrnn.core.live.clock import TrainingClock


class Times:
    """Clocks that go when they are told to."""

    def __init__(self):
        self.now = self.worked = 100.0
        self.clock = TrainingClock(5.0, now=lambda: self.now, worked=lambda: self.worked)

    def train(self, seconds):
        """Seconds of training, in steps of half a second."""
        for _ in range(int(seconds * 2)):
            self.now += 0.5
            self.worked += 0.5
            self.clock.tick()


def test_training_counts_and_pauses_do_not():
    t = Times()
    assert t.clock.elapsed() == 5
    t.clock.start()
    t.train(10)
    assert t.clock.elapsed() == 15
    t.clock.stop()
    t.now += 1000
    assert t.clock.elapsed() == 15
    t.clock.start()
    t.train(2)
    assert t.clock.elapsed() == 17


def test_a_sleeping_machine_does_not_train():
    t = Times()
    t.clock.start()
    t.train(10)
    t.now += 8 * 3600  # the lid was closed
    t.clock.tick()
    assert t.clock.elapsed() == 15
    t.train(10)
    assert t.clock.elapsed() == 25


def test_one_long_step_is_training():
    t = Times()
    t.clock.start()
    t.now += 60
    t.worked += 59
    t.clock.tick()
    assert t.clock.elapsed() == 65


def test_waiting_for_the_next_slow_step_is_training():
    t = Times()
    t.clock.start()
    for _ in range(30):
        t.now += 1.0
        t.clock.tick()
    assert t.clock.elapsed() == 35
