"""A run on a text: windows one after the other, the memory carried along, samples drawn from where it is.

Everything that isn't a text's own is in `base_session`.
"""

import math
from functools import partial

import numpy as np

from ..network.forward import read_text
from ..network.model import CharRNN
from ..network.parameters import Array
from ..network.sampling import draw
from ..optimizers.clipping import CLASSIC, Clipping
from ..optimizers.kinds import make
from ..optimizers.schedule import Schedule
from ..settings import RATES, check_optimizer, check_schedule
from ..tasks.held_out import HeldOut, first_loss
from ..tasks.next_character import Window
from ..tasks.streams import windows_of
from ..text.baselines import even_guessing
from ..text.corpus import Corpus
from ..text.visible import readable
from ..text.vocabulary import CorpusError
from ..units import per_prediction
from .base_session import Session


class TrainingSession(Session):
    """Trains a CharRNN on a corpus, one window at a time.

    `hidden` is the memory the next window starts with, (H,). `smooth_loss` is 0.999 old + 0.001 new for each window,
    and starts at ln V, the loss of guessing evenly; with a `model`, at what that pays. Every `sample_every` steps, and
    before the first, a text of `sample_length` characters is drawn as min-char-rnn does; with None never.
    `held_out` is the share of the corpus, at its end, that is never trained on. `optimizer` is "adagrad", "rmsprop",
    "adam" or "sgd", with a rate of its own where none is given; `momentum` is of sgd. `clip` says what is cut off a
    gradient: "5" of each entry, "norm:1" of its length, "off" nothing. `cell`, `layers`, `dropout` and `init` are
    CharRNN's; with `streams` B so many places of the text are read at once, and `hidden` is (M, B, H). `schedule` is
    "constant", "cosine" to the end that is named, or "step".
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        hidden_size: int = 100,
        seq_length: int = 25,
        learning_rate: float | None = None,
        seed: int = 0,
        dtype: str = "float32",
        model: CharRNN | None = None,
        sample_every: int | None = 100,
        sample_length: int = 200,
        temperature: float = 1.0,
        held_out: float = 0.0,
        optimizer: str = "adagrad",
        momentum: float = 0.0,
        clip: str | float = CLASSIC.text,
        cell: str = "rnn",
        layers: int = 1,
        streams: int = 1,
        dropout: float = 0.0,
        init: str = "classic",
        schedule: str = "constant",
        schedule_steps: int = 0,
        schedule_seconds: float = 0.0,
    ) -> None:
        if not isinstance(corpus, Corpus):
            given = type(corpus).__name__
            raise TypeError(f"a session trains on a Corpus, as Corpus.from_text(…) makes one, not on {given}")
        check_optimizer(optimizer, momentum)
        check_schedule(schedule, schedule_steps, schedule_seconds)
        self.held_out = HeldOut(corpus, held_out) if held_out else None
        self.held_out_share = held_out
        self.windows = windows_of(corpus, seq_length, streams, self.held_out.start if self.held_out else None)
        if len(corpus.vocabulary) < 2:
            raise CorpusError(f"{readable(corpus.name)} has only one distinct character, so there is nothing to learn")
        self.corpus, self.seed = corpus, seed
        network = partial(CharRNN, cell=cell, layers=layers, dropout=dropout, init=init)
        self.model = model or network(len(corpus.vocabulary), hidden_size, dtype=dtype, seed=seed)
        if self.model.vocab_size != len(corpus.vocabulary):
            theirs, ours = self.model.vocab_size, len(corpus.vocabulary)
            raise ValueError(f"the model knows {theirs} symbols, the corpus has {ours}")
        self.momentum = momentum
        rate = RATES[optimizer] if learning_rate is None else learning_rate
        self.optimizer = make(optimizer, self.model, rate, clipping=Clipping.of(str(clip)), momentum=momentum)
        self.schedule = Schedule(schedule, schedule_steps, schedule_seconds)
        self._set_up(rate, streams, even_guessing(len(corpus.vocabulary)))
        if model:
            self.begin_with(model.parameters.flat)
        self.sample_every, self.sample_length, self.temperature = sample_every, sample_length, temperature

    def _clear_memory(self, window: Window) -> bool:
        if window.fresh:
            self.reset_memory()
        elif window.clears:
            self.model.memories(self.hidden)[:, window.clears] = 0
        return window.fresh

    def _run(self, window: Window, chance: np.random.Generator | None) -> float:
        total = self.model.run_window(window.inputs, window.targets, self.hidden, chance)
        return per_prediction(total, self.seq_length)

    def _remember(self) -> None:
        np.copyto(self.hidden, self.model.last_hidden)

    def _sample_before(self, window: Window) -> str:
        first = int(window.first.inputs[0])
        return self._draw_from(first, self.first_hidden, self.sample_length, self.temperature)

    def next_input_at(self, position: int) -> int:
        return int(self.corpus.ids[self.windows.next_start(position)[0]])

    def _begun_by(self, window: Window) -> str:
        name: str = self.corpus.parts[window.begins].name if window.begins else ""
        return name

    @property
    def first_hidden(self) -> Array:
        """The memory of the first stream: what a sample goes on from, and panels show."""
        return self.model.memories(self.hidden)[:, :1] if self.streams > 1 else self.hidden

    def _first_loss(self) -> float:
        return first_loss(self.model, self.corpus)

    def sample(self, length: int | None = None, prime: str = "", temperature: float | None = None) -> str:
        """Draw a text of `length` characters; training goes on afterwards as if nothing had happened.

        Without `prime` it continues from the carried memory and the next character of the corpus. With it, the
        network reads `prime` with an empty memory first; the prime isn't part of what is returned.
        """
        length = self.sample_length if length is None else length
        temperature = self.temperature if temperature is None else temperature
        if length < 0 or not (math.isfinite(temperature) and temperature >= 0):
            raise ValueError("a sample's length and temperature must be numbers, 0 or above")
        if prime:
            *before, first = self.corpus.vocabulary.encode(self.corpus.vocabulary.typed(prime)).tolist()
            hidden = read_text(self.model, np.array(before, np.intp), self.model.initial_hidden())
        else:
            first = self.windows.next_input()
            hidden = self.model.initial_hidden() if self.windows.at_end else self.first_hidden
        return self._draw_from(first, hidden, length, temperature)

    def _draw_from(self, first: int, hidden: Array, length: int, temperature: float) -> str:
        ids = draw(self.model, first, hidden, length, self.sample_rng, temperature)
        text: str = self.corpus.vocabulary.decode(ids)
        return text
