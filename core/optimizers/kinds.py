"""Which optimizers there are, by name."""

from ..network.model import CharRNN
from .adagrad import Adagrad
from .adam import Adam
from .clipping import Clipping
from .optimizer import Optimizer
from .rmsprop import RMSprop
from .sgd import SGD

OPTIMIZERS: dict[str, type[Adagrad | Adam | RMSprop | SGD]] = {
    kind.NAME: kind for kind in (Adagrad, RMSprop, Adam, SGD)
}


def make(name: str, model: CharRNN, rate: float, *, clipping: Clipping, momentum: float = 0.0) -> Optimizer:
    """An optimizer for that network. `momentum` is for SGD only."""
    kind = OPTIMIZERS[name]
    if kind is SGD:
        return SGD(model, rate, momentum=momentum, clipping=clipping)
    return kind(model, rate, clipping=clipping)
