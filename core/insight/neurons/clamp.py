"""What a unit is for, by holding it: at its own low, mean or high, in a copy of the network that reads the same text.

What that costs is told where the unit is active and elsewhere, beside what it costs to hold any other unit: few units
have a clear role, most of what a memory holds is spread out. The copy is of one moment; for all units it takes a
while, so they are worked out some at a time.
"""

import time
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.forward import read, read_text, write
from ...network.model import CharRNN
from ...network.parameters import Array
from ...network.sampling import gumbel_noise
from ...training.base_session import Session
from .holding import begin_with, copy_of, held, place_in_memory
from .probe import Probe, nats_of, probe_of, streams_for

LENGTH, STREAMS = 100, 20  # characters of a piece, and pieces
LOW, HIGH = 0.05, 0.95  # quantiles
WRITTEN = 120  # characters
AT_A_TIME = 0.05  # seconds for other units in one look
RENEWED = 5.0  # seconds after which a whole picture is worked out for newer weights

Where = NDArray[np.bool_]
At = Literal["low", "mean", "high"]


class Clamp(NamedTuple):
    """A unit of a layer that is to be held, and where. `turn` counts questions, so that one can be put again."""

    unit: int
    layer: int
    at: At
    turn: int = 0


class Clamped(NamedTuple):
    """What holding it did, after `step` steps; losses in nats per character.

    The unit keeps `value` (an LSTM's is its cell's). It is active at the `share` of places where it is nearer to the
    rarer of its two ends. `before` and `after` are what characters cost (where it is active, elsewhere), and `more`
    what holding each of the units `asked` so far, of `units`, cost in all; the first is this one. `plain` and `text`
    are what the network writes without and with it, by the same random numbers.
    """

    clamp: Clamp
    step: int
    value: float
    share: float
    before: tuple[float, float]
    after: tuple[float, float]
    more: Array
    asked: int
    units: int
    plain: str
    text: str


class _Copy(NamedTuple):
    """A network of one moment, what it makes of the probe, and what holding units has cost so far, by unit."""

    step: int
    made: float
    model: CharRNN
    probe: Probe
    states: Array
    nats: Array
    costs: dict[int, float]
    of: tuple[int, At]


class Clamper:
    """Holds units, for the trainer's thread. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._copy: _Copy | None = None

    def look(self, session: Session, clamp: Clamp) -> Clamped | None:
        """What holding it does; None where the text is too short to tell."""
        layer = clamp.layer % session.model.layers
        copy = self._copied(session, layer, clamp.at)
        if copy is None:
            return None
        model, H = copy.model, copy.model.hidden_size
        unit = min(clamp.unit, H - 1)
        value, after = _hold(copy, layer, unit, clamp.at)
        copy.costs[unit] = float((after - copy.nats).mean())
        end = self._clock() + AT_A_TIME
        for other in (other for other in _spread(H) if other not in copy.costs):
            copy.costs[other] = float((_hold(copy, layer, other, clamp.at)[1] - copy.nats).mean())
            if self._clock() >= end:
                break
        active = _active(_values(copy, layer)[..., unit])
        return Clamped(
            clamp,
            copy.step,
            value,
            float(active.mean()),
            _two(copy.nats, active),
            _two(after, active),
            np.array([copy.costs[unit], *(cost for other, cost in copy.costs.items() if other != unit)]),
            len(copy.costs),
            H,
            _written(session, model, None),
            _written(session, model, (layer, unit, value)),
        )

    def _copied(self, session: Session, layer: int, at: At) -> _Copy | None:
        """The network as it is now; or a moment ago, while others of its units are still to be held."""
        copy, now = self._copy, self._clock()
        if copy is not None:
            same = np.array_equal(copy.model.parameters.flat, session.model.parameters.flat)
            going_on = len(copy.costs) < copy.model.hidden_size or now - copy.made < RENEWED
            if same or (going_on and copy.step < session.step_count):
                if copy.of != (layer, at):
                    copy = self._copy = copy._replace(costs={}, of=(layer, at))
                return copy
        probe = probe_of(session.corpus, LENGTH, streams_for(session.model, LENGTH, STREAMS))
        if probe is None:
            return None
        model = copy_of(session.model)
        states = read(model, probe.ids[:-1], model.initial_hidden(probe.ids.shape[1]))
        nats = nats_of(model, probe, states)
        self._copy = _Copy(session.step_count, now, model, probe, states, nats, {}, (layer, at))
        return self._copy


def _values(copy: _Copy, layer: int) -> Array:
    """What each unit holds after each character of the probe, (L, B, H)."""
    values: Array = copy.states[copy.probe.lead + 1 :, place_in_memory(copy.model, layer)]
    return values


def _hold(copy: _Copy, layer: int, unit: int, at: At) -> tuple[float, Array]:
    """The value that it is held at, and what each character costs then, (L, B)."""
    values = _values(copy, layer)[..., unit]
    value = float(values.mean() if at == "mean" else np.quantile(values, LOW if at == "low" else HIGH))
    model, ids = copy.model, copy.probe.ids[:-1]
    with held(model, layer, unit, value):
        empty = model.memories(model.initial_hidden(ids.shape[1]))
        return value, nats_of(model, copy.probe, read(model, ids, begin_with(model, empty, layer, unit, value)))


def _active(values: Array) -> Where:
    """Where a unit is nearer to the one of its two ends that it is at more rarely."""
    low, high = np.quantile(values, (LOW, HIGH))
    above: Where = values > (low + high) / 2
    return above if above.mean() <= 0.5 else ~above


def _two(nats: Array, active: Where) -> tuple[float, float]:
    there, elsewhere = (float(nats[where].mean()) if where.any() else float("nan") for where in (active, ~active))
    return there, elsewhere


def _spread(count: int) -> list[int]:
    """All units, in an order in which the first few are from everywhere."""
    return [int(unit) for unit in np.random.default_rng(count).permutation(count)]


def _written(session: Session, model: CharRNN, holding: tuple[int, int, float] | None) -> str:
    """What the network writes, while that unit of a layer is held at a value."""
    ids = session.corpus.vocabulary.encode(session.corpus.beginning).astype(np.intp)
    noise = gumbel_noise(np.random.default_rng([session.seed, 3]), (WRITTEN, model.output_size), model.dtype)
    noise *= session.temperature
    memory = model.memories(read_text(model, ids[:-1], model.initial_hidden()))
    if holding is None:
        return _text(session, model, ids[-1:], memory, noise)
    with held(model, *holding):
        return _text(session, model, ids[-1:], begin_with(model, memory, *holding), noise)


def _text(session: Session, model: CharRNN, first: NDArray[np.intp], memory: Array, noise: Array) -> str:
    found = np.array([ids[0] for ids in write(model, first, memory, noise + model.parameters.by)])
    text: str = session.corpus.vocabulary.decode(found)
    return text
