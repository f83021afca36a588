"""How far the error travels back, and what the update did: everything the last step left behind, in figures.

All of it is had from what a step leaves in place: the gradients before clipping, the optimizer's update, and
the weights after it. The weights before it are the ones after it plus the update, up to rounding. Nothing is kept
beforehand, so a step that nobody looks at costs nothing more.

That error fades with every step back through a saturated tanh is the vanishing gradient: Hochreiter (1991), Bengio,
Simard and Frasconi (1994); Pascanu, Mikolov and Bengio (2013) for the norms.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from ..network.parameters import Array, Parameters
from ..training.base_session import Session

SATURATED = 0.97  # beyond it, tanh passes less than 6% of the error back


class MatrixFlow(NamedTuple):
    """One matrix in one step. Shares are of its entries; `ratio` is the update's length by that of the weights.

    `effective_rate` is the median over its entries of the rate that the optimizer has for them now: for Adagrad rate /
    sqrt(sum of squared gradients). Entries that have never had a gradient aren't counted; nan where there are
    no others.
    """

    name: str
    clipped: float
    largest: float  # entry of the gradient before clipping, without its sign
    gradient_norm: float  # before clipping
    update_norm: float
    ratio: float
    effective_rate: float


class ErrorFlow(NamedTuple):
    """The last step, seen from behind; arrays are read-only.

    `error` (T,) is the length of dL/dh[t] for the whole window's loss: place t gets what its own guess and all later
    ones cost. `error_of_last` (T,) is that for the last character's loss alone: how far back it is felt; of an LSTM
    `cell_error_of_last` is dL/dc[t], by the way that goes through its cell.
    `clipped` is the share of all gradient entries that clipping changes, `saturated` that of |h| > 0.97 in the window's
    T x H. Of several layers it is the last one, of several streams the first. `factor` is what the whole
    gradient is multiplied by where its length is clipped.
    """

    step: int  # how many were done after it
    error: Array
    error_of_last: Array
    clipped: float
    saturated: float
    matrices: tuple[MatrixFlow, ...]
    factor: float = 1.0
    cell_error_of_last: Array | None = None


def last_update(session: Session) -> Parameters:
    """What the last step took from the weights; zeros where it changed nothing."""
    return session.optimizer.last_update() if session.last_rate else session.model.parameters.like()


def error_norms(session: Session, Whh: Array, Why: Array) -> tuple[Array, list[Array]]:
    """The lengths of dL/dh[t], for the window's loss (T,), and for its last character's: (T,) for h, and for c.

    `Whh` and `Why` (Y, H) are the weights that the step was made with. Of several layers it is the last one's h, of
    several streams the first one's.
    """
    model = session.model
    length, streams = model.length_and_streams
    dlogits = model.output.dlogits[::streams] * streams  # the first stream's loss is a part of the mean
    if not model.plain or streams > 1:
        whole = np.linalg.norm(model.stack.cells[-1].dh[:, 0], axis=1) * streams
        dh = np.zeros((streams, model.hidden_size), model.dtype)
        dh[0] = dlogits[-1] @ Why
        return whole, [part[:, 0] for part in model.stack.back_from(dh)]
    b = model.buffers
    errors = dlogits @ Why
    errors[:-1] += b.da[1:] @ Whh
    alone = np.empty(length)
    dh = dlogits[-1] @ Why
    for t in range(length - 1, -1, -1):
        alone[t] = np.linalg.norm(dh)
        dh = (dh * b.slope[t]) @ Whh
    return np.linalg.norm(errors, axis=1), [alone]


def look_back(session: Session) -> ErrorFlow | None:
    """The last step's figures; None where there was none, or its window isn't there any more."""
    if session.last_window is None:
        return None

    def errors(before: Parameters) -> tuple[Array, list[Array]]:
        return error_norms(session, before.Whh, before.Why)

    return flow_of(session, errors, session.model.window_states()[1:])


def flow_of(session: Session, errors: Callable[[Parameters], tuple[Array, list[Array]]], states: Array) -> ErrorFlow:
    """The figures of a step that has been made; `errors` gives its lengths, by the weights it was made with.

    `states` are the memories that it went through.
    """
    gradient, update = session.model.gradients.dense(), last_update(session)
    clipping = session.optimizer.clipping
    factor = clipping.factor((gradient.flat,))
    weights = session.model.parameters
    before = weights.like(weights.flat + update.flat)
    error, of_last = errors(before)
    for array in (error, *of_last):
        array.flags.writeable = False
    return ErrorFlow(
        step=session.step_count,
        error=error,
        error_of_last=of_last[0],
        clipped=clipping.cut(gradient.flat, factor),
        saturated=float((np.abs(states) > SATURATED).mean()),
        matrices=tuple(_matrices(session, gradient, update, before, factor)),
        factor=factor,
        cell_error_of_last=of_last[1] if len(of_last) > 1 else None,
    )


def _matrices(
    session: Session, gradient: Parameters, update: Parameters, before: Parameters, factor: float
) -> Iterator[MatrixFlow]:
    for name in gradient:
        size, moved = np.abs(gradient[name]), float(np.linalg.norm(update[name]))
        length = float(np.linalg.norm(before[name]))
        yield MatrixFlow(
            name=name,
            clipped=session.optimizer.clipping.cut(size, factor),
            largest=float(size.max()),
            gradient_norm=float(np.linalg.norm(size)),
            update_norm=moved,
            ratio=moved / length if length else float("nan"),
            effective_rate=session.optimizer.rate_left(name),
        )
