import os

import pytest

from charrnn.tui.terminal import one_core
from charrnn.tui.terminal.one_core import OneCore, pays

needs_cores = pytest.mark.skipif(not pays(100), reason="here one core is no better, or can't be chosen")


@needs_cores
def test_the_program_stays_on_one_core_and_gets_all_back():
    before = os.sched_getaffinity(0)
    with OneCore(100):
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


@needs_cores
def test_a_core_that_others_want_is_left_and_at_last_the_choice(monkeypatch):
    before = os.sched_getaffinity(0)
    waited = [0.0]
    monkeypatch.setattr(one_core, "seconds_waited", lambda: waited[0])
    with OneCore(100) as core:
        seen = [os.sched_getaffinity(0)]
        core.check()
        assert os.sched_getaffinity(0) == seen[0], "nobody else wants it"
        for _ in range(len(before)):
            waited[0] += 1000
            core.check()
            seen.append(os.sched_getaffinity(0))
        assert seen[1] != seen[0]
        assert seen[-1] == before
        core.check()
    assert os.sched_getaffinity(0) == before


def test_large_networks_keep_all_cores():
    assert not pays(1000)
    with OneCore(1000) as core:
        core.check()


def test_an_interpreter_without_its_lock_keeps_all_cores(monkeypatch):
    monkeypatch.setattr(one_core.sys, "_is_gil_enabled", lambda: False, raising=False)
    assert not pays(100)
