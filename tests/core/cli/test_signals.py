import os
import signal

from charrnn.core.cli.signals import ended_by_signals


def test_a_signal_is_told_and_the_handlers_of_before_come_back():
    before, heard = signal.getsignal(signal.SIGTERM), []
    with ended_by_signals(heard.append):
        os.kill(os.getpid(), signal.SIGTERM)
    assert heard == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) == before


def test_what_is_ignored_stays_ignored():
    heard = []
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ended_by_signals(heard.append):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == []


def test_unless_those_are_meant_too():
    heard = []
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ended_by_signals(heard.append, ignored_too=True):
            os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]
