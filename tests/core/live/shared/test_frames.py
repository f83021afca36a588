"""Moments on their way to another program: what is cut off, foreign or hostile is refused in a sentence."""

import json
import random

import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.live.clock import TrainingClock
from charrnn.core.live.driver import Driver
from charrnn.core.live.pace import Pace
from charrnn.core.live.recorder import Recorder
from charrnn.core.live.shared.frames import (
    HEAD,
    MARK,
    FrameError,
    Raw,
    packed,
    packed_end,
    read_raw,
    text_name,
    unpacked,
)
from charrnn.core.training.run import Run


def reader(data):
    pieces = memoryview(data)
    at = 0

    def read(size):
        nonlocal at
        piece = bytes(pieces[at : at + size])
        at += len(piece)
        return piece

    return read


def test_a_frame_that_is_cut_off_is_an_end():
    whole = packed_end("over")
    assert read_raw(reader(b"")) is None
    assert read_raw(reader(whole[:-1])) is None
    assert unpacked(read_raw(reader(whole))).end == "over"


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n" * 10,
        HEAD.pack(MARK, 1 << 30, 0, 0),
        HEAD.pack(MARK, 10, 1 << 60, 0),
        HEAD.pack(b"charrnn9", 1, 1, 1) + b"abc",
    ],
)
def test_what_is_no_frame_is_refused_before_it_is_read(data):
    with pytest.raises(FrameError):
        read_raw(reader(data))


@pytest.mark.parametrize(
    "raw",
    [
        Raw(b"", b"", b""),
        Raw(b"[]", b"", b""),
        Raw(b"{}", b"", b""),
        Raw(b'{"run": 1e999}', b"", b""),
        Raw(b"[" * 100_000, b"", b""),
        Raw(b'{"run": 1, "timeline": 1}', b"PK", b""),
        Raw(b"\xff\xfe", b"", b""),
    ],
)
def test_a_hostile_frame_is_a_sentence(raw):
    with pytest.raises(FrameError, match="what arrived"):
        unpacked(raw)


def frame():
    """A whole one, after some steps."""
    run, clock = Run(TrainingSession(Corpus.from_text("to be or not to be " * 9), hidden_size=4)), TrainingClock()
    pace = Pace(0.0, 0)
    driver = Driver(run, clock, pace, Recorder(run, clock, pace), followed=True)
    for _ in range(7):
        driver.step()
    return read_raw(reader(packed(3, driver.moment())))


def test_no_change_of_a_frame_is_more_than_a_sentence():
    raw, chance = frame(), random.Random(1)
    assert unpacked(raw).run == 3
    refused = 0
    for _ in range(400):
        which = chance.choice(Raw._fields)
        part = bytearray(getattr(raw, which))
        for _ in range(chance.choice((1, 1, 8))):
            part[chance.randrange(len(part))] = chance.randrange(256)
        if chance.random() < 0.2:
            part = part[: chance.randrange(len(part))]
        try:
            unpacked(raw._replace(**{which: bytes(part)}))
        except FrameError:
            refused += 1
    assert refused > 200


def change(**values):
    def changed(table):
        return {**table, **values}

    return changed


@pytest.mark.parametrize(
    "change",
    [
        change(run=-1),
        change(told={}),
        change(timeline=1 << 40),
        change(timeline=0),
        change(loss="eleven"),
        change(changes=1.5),
        change(core="all"),
        change(before={"position": -1}),
        change(before=None),
    ],
)
def test_a_table_that_says_what_cannot_be_is_refused(change):
    raw = frame()
    table = json.dumps(change(json.loads(raw.table))).encode()
    with pytest.raises(FrameError, match="what arrived"):
        unpacked(raw._replace(table=table))


def test_a_text_beside_the_socket_is_never_called_by_what_somebody_else_says():
    assert text_name("../../etc/passwd").removeprefix("text-").isalnum()
