"""What every run is made of: a network, its optimizer, and the place in what it learns from. One step after the other.

Single-threaded and deterministic: the same data, options and seed give the same run, bit for bit, on one machine.
It keeps no history and knows no clock: `journal` and `live.clock` do. What a text or a set of examples makes of it is
in `session` and `example_session`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from ..network.examples.network import Sizes
from ..network.model import CharRNN
from ..network.parameters import Array
from ..optimizers.optimizer import Optimizer
from ..optimizers.schedule import Schedule
from ..settings import LARGEST_RATE, SMALLEST_RATE, Settings
from ..units import OF_TEXTS, bits
from .journal import Measured
from .loss_history import LARGEST_LOSS
from .session_state import SessionState, StepResult

SMOOTHING = 0.999


class Session:
    """What is the same for texts and for examples; `corpus` is what it learns from, `windows` hands it out.

    `smooth_loss` is 0.999 old + 0.001 new for each window, and starts at what guessing evenly costs, or with weights
    that have learnt before, at what those pay.
    """

    right_name = ""  # what the share of right answers is called, where answers are right or wrong
    words = OF_TEXTS
    remembers = True  # from window to window
    sizes: Sizes | None = None  # of a network that reads examples
    baselines: Mapping[str, float] = MappingProxyType({})  # shares that are right without reading, by name
    corpus: Any
    windows: Any
    held_out: Any  # what is measured and never trained on, or None
    model: CharRNN
    optimizer: Optimizer
    schedule: Schedule
    seed: int
    momentum: float
    held_out_share: float
    sample_every: int | None
    sample_length: int
    temperature: float

    def _set_up(self, rate: float, streams: int, even_loss: float) -> None:
        """Begin, given the network, the optimizer and the schedule."""
        self.first_weights: Array | None = None  # where the seed wouldn't give them
        self.factor, self.learning_rate = 1.0, rate
        self.streams = streams
        self.hidden = self.model.initial_hidden(streams)
        self.step_count = 0
        self.even_loss = self.first_loss = self.smooth_loss = even_loss
        self._smoothing = SMOOTHING**streams  # so many windows are read in a step
        self.last_window: Any = None
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
        length: int = self.windows.seq_length
        return length

    @property
    def position(self) -> int:
        """Where in the corpus the next window starts, unless that is too near its end (`windows`)."""
        position: int = self.windows.position
        return position

    @property
    def epoch(self) -> float:
        epoch: float = self.windows.epoch
        return epoch

    @property
    def bits_per_char(self) -> float:
        """The smooth loss as bits for each character."""
        return bits(self.smooth_loss)

    def step(self) -> StepResult:
        """Train on the next window.

        Where its loss or a gradient isn't a finite number, neither the weights nor the memory change.
        """
        window = self.windows.next_window()
        fresh = self._clear_memory(window)
        due = self.sample_every and self.step_count % self.sample_every == 0
        sample = self._sample_before(window) if due else None
        # What dropout leaves out depends on the step alone, so that a run goes on from any state as it did.
        chance = np.random.default_rng([self.seed, 3, self.step_count]) if self.model.dropout else None
        loss = self._run(window, chance)
        finite = loss < LARGEST_LOSS and self.model.gradients_are_finite()  # nan is not less than anything
        self.last_smooth = self.smooth_loss
        if self.schedule.kind != "constant":
            self.factor = self.schedule.factor(self.step_count, self.windows.passes, self.factor)
            self.optimizer.learning_rate = self._rate * self.factor
        if finite:
            self.optimizer.update()
            self._remember()
            self.smooth_loss = self._smoothing * self.smooth_loss + (1 - self._smoothing) * loss
        self.last_window = window
        self.last_rate = self.optimizer.learning_rate if finite else 0.0
        begins = self._begun_by(window)
        result = StepResult(self.step_count, loss, self.smooth_loss, fresh, sample, finite, begins)
        self.step_count += 1
        return result

    def in_words(self, measured: Measured) -> str:
        """What is held out cost, or how many of its answers were right."""
        return f"{bits(measured.loss):.2f} {self.words.unit}"

    # What a text and a set of examples do each in its own way

    def _clear_memory(self, window: Any) -> bool:
        """Empty it where the window doesn't follow what was read before; whether all begins anew."""
        raise NotImplementedError

    def _run(self, window: Any, chance: np.random.Generator | None) -> float:
        """Nats for each prediction of the window; its gradients are left in the network."""
        raise NotImplementedError

    def _remember(self) -> None:
        """Carry the memory on to the next window."""
        raise NotImplementedError

    def _sample_before(self, window: Any) -> str:
        """The sample that is due before this window."""
        raise NotImplementedError

    def next_input_at(self, position: int) -> int:
        """The id of what is read next from there; 0 where nothing goes on."""
        raise NotImplementedError

    def _begun_by(self, window: Any) -> str:
        """The name of the file that this window begins, or ""."""
        raise NotImplementedError

    def _first_loss(self) -> float:
        """Nats per prediction that weights pay which have learnt before."""
        raise NotImplementedError

    def sample(self, length: int | None = None, prime: str = "", temperature: float | None = None) -> str:
        """What the network writes now; training goes on afterwards as if nothing had happened."""
        raise NotImplementedError

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
        self.first_loss = self.smooth_loss = self._first_loss()

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

    @property
    def settings(self) -> Settings:
        """The options it was made with; those that can be changed are the present ones."""
        model, optimizer = self.model, self.optimizer
        return Settings(
            hidden_size=model.hidden_size,
            seq_length=self.seq_length,
            learning_rate=self.learning_rate,
            seed=self.seed,
            dtype=model.dtype.name,
            sample_every=self.sample_every,
            sample_length=self.sample_length,
            temperature=self.temperature,
            held_out=self.held_out_share,
            optimizer=optimizer.NAME,
            momentum=self.momentum,
            clip=optimizer.clipping.text,
            cell=model.cell,
            layers=model.layers,
            streams=self.streams,
            dropout=model.dropout,
            init=model.init,
            schedule=self.schedule.kind,
            schedule_steps=self.schedule.steps,
            schedule_seconds=self.schedule.seconds,
        )
