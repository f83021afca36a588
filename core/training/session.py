"""One training run: a network, its optimizer, the place in the corpus and the memory carried along.

Single-threaded and deterministic: the same corpus, options and seed give the same run, bit for bit, on one machine.
It keeps no history and knows no clock: `journal` and `live.clock` do.
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
from ..settings import LARGEST_RATE, RATES, SMALLEST_RATE, check_optimizer, check_schedule
from ..tasks.next_character import Window
from ..tasks.streams import windows_of
from ..text.baselines import even_guessing
from ..text.corpus import Corpus
from ..text.visible import readable
from ..text.vocabulary import CorpusError
from ..units import bits, per_prediction
from .held_out import HeldOut, first_loss
from .loss_history import LARGEST_LOSS
from .session_state import SessionState, StepResult

SMOOTHING = 0.999


class TrainingSession:
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
        self.held_out_share, self.streams = held_out, streams
        self.windows = windows_of(corpus, seq_length, streams, self.held_out.start if self.held_out else None)
        if len(corpus.vocabulary) < 2:
            raise CorpusError(f"{readable(corpus.name)} has only one distinct character, so there is nothing to learn")
        self.corpus = corpus
        self.seed = seed
        network = partial(CharRNN, cell=cell, layers=layers, dropout=dropout, init=init)
        self.first_weights: Array | None = None  # where the seed wouldn't give them
        self.model = model or network(len(corpus.vocabulary), hidden_size, dtype=dtype, seed=seed)
        if self.model.vocab_size != len(corpus.vocabulary):
            theirs, ours = self.model.vocab_size, len(corpus.vocabulary)
            raise ValueError(f"the model knows {theirs} symbols, the corpus has {ours}")
        self.momentum = momentum
        rate = RATES[optimizer] if learning_rate is None else learning_rate
        self.optimizer = make(optimizer, self.model, rate, clipping=Clipping.of(str(clip)), momentum=momentum)
        self.schedule, self.factor = Schedule(schedule, schedule_steps, schedule_seconds), 1.0
        self.learning_rate = rate
        self.hidden = self.model.initial_hidden(streams)
        self.step_count = 0
        self.even_loss = self.first_loss = self.smooth_loss = even_guessing(len(corpus.vocabulary))
        self._smoothing = SMOOTHING**streams  # so many windows are read in a step
        if model:
            self.begin_with(model.parameters.flat)
        self.sample_every, self.sample_length, self.temperature = sample_every, sample_length, temperature
        self.last_window: Window | None = None
        self.last_rate = 0.0  # of the last step; 0 where it changed nothing
        self.last_smooth = self.smooth_loss  # before it
        self._seed_samples()

    def _seed_samples(self) -> None:
        # A generator of its own, so that drawing a sample never changes the training that follows.
        self.sample_rng = np.random.default_rng([self.seed, 1])

    @property
    def learning_rate(self) -> float:
        """The rate that a person sets; with a schedule the optimizer's is `factor` times it."""
        return self._rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        if not SMALLEST_RATE <= rate <= LARGEST_RATE:  # nan is neither
            raise ValueError(f"the learning rate must be a number from {SMALLEST_RATE:g} to {LARGEST_RATE:g}, above 0")
        self._rate, self.optimizer.learning_rate = rate, rate * self.factor

    @property
    def seq_length(self) -> int:
        return self.windows.seq_length

    @property
    def position(self) -> int:
        """Where in the corpus the next window starts, unless that is too near its end (`windows`)."""
        return self.windows.position

    @property
    def epoch(self) -> float:
        return self.windows.epoch

    @property
    def bits_per_char(self) -> float:
        """The smooth loss as bits for each character."""
        return bits(self.smooth_loss)

    def step(self) -> StepResult:
        """Train on the next window.

        Where its loss or a gradient isn't a finite number, neither the weights nor the memory change.
        """
        window = self.windows.next_window()
        if window.fresh:
            self.reset_memory()
        elif window.clears:
            self.model.memories(self.hidden)[:, window.clears] = 0
        sample = None
        if self.sample_every and self.step_count % self.sample_every == 0:
            first = int(window.first.inputs[0])
            sample = self._draw_from(first, self.first_hidden, self.sample_length, self.temperature)
        # What dropout leaves out depends on the step alone, so that a run goes on from any state as it did.
        chance = np.random.default_rng([self.seed, 3, self.step_count]) if self.model.dropout else None
        total = self.model.run_window(window.inputs, window.targets, self.hidden, chance)
        loss = per_prediction(total, self.seq_length)
        finite = loss < LARGEST_LOSS and self.model.gradients_are_finite()  # nan is not less than anything
        self.last_smooth = self.smooth_loss
        if self.schedule.kind != "constant":
            self.factor = self.schedule.factor(self.step_count, self.windows.passes, self.factor)
            self.optimizer.learning_rate = self._rate * self.factor
        if finite:
            self.optimizer.update()
            np.copyto(self.hidden, self.model.last_hidden)
            self.smooth_loss = self._smoothing * self.smooth_loss + (1 - self._smoothing) * loss
        self.last_window = window
        self.last_rate = self.optimizer.learning_rate if finite else 0.0
        begins = self.corpus.parts[window.begins].name if window.begins else ""
        result = StepResult(self.step_count, loss, self.smooth_loss, window.fresh, sample, finite, begins)
        self.step_count += 1
        return result

    @property
    def first_hidden(self) -> Array:
        """The memory of the first stream: what a sample goes on from, and panels show."""
        return self.model.memories(self.hidden)[:, :1] if self.streams > 1 else self.hidden

    def reset_memory(self) -> None:
        """Empty the memory; weights and everything learned stay."""
        self.hidden[:] = 0

    def restart(self) -> None:
        """Begin again with the same first weights; the learning rate stays what it is."""
        if self.first_weights is None:
            self.model.initialize(self.seed)
        else:
            np.copyto(self.model.parameters.flat, self.first_weights)
        self.optimizer.reset()
        self.windows.restart()
        self.reset_memory()
        self.step_count, self.smooth_loss, self.factor = 0, self.first_loss, 1.0
        self.optimizer.learning_rate = self._rate
        self.last_window = None
        self._seed_samples()

    def begin_with(self, weights: Array) -> None:
        """Have these first weights, flat, instead of those that the seed gives, now and after a restart."""
        np.copyto(self.model.parameters.flat, weights)
        self.first_weights = self.model.parameters.flat.copy()
        self.first_loss = self.smooth_loss = first_loss(self.model, self.corpus)

    def capture(self) -> SessionState:
        """Copy everything that `restore` needs to go on from here, bit for bit."""
        return SessionState(
            self.model.parameters.flat.copy(),
            {name: values.flat.copy() for name, values in self.optimizer.state.items()},
            self.hidden.copy(),
            *(self.windows.position, self.windows.passes, self.windows.started),
            *(self.step_count, self.smooth_loss, self.learning_rate),
            dict(self.sample_rng.bit_generator.state),
            *(self.optimizer.updates, self.factor),
        )

    def restore(self, state: SessionState) -> None:
        """Go to a state captured from a session with the same corpus and sizes."""
        np.copyto(self.model.parameters.flat, state.parameters)
        for name, values in self.optimizer.state.items():
            np.copyto(values.flat, state.optimizer[name])
        self.optimizer.updates = state.updates
        np.copyto(self.hidden, state.hidden)
        self.windows.position, self.windows.passes = state.position, state.passes
        self.windows.started = state.started
        self.step_count, self.smooth_loss, self.factor = state.step_count, state.smooth_loss, state.factor
        self.learning_rate = state.learning_rate
        self.sample_rng.bit_generator.state = state.generator
        self.last_window = None

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
        return self.corpus.vocabulary.decode(ids)
