"""The same networks in PyTorch and JAX, each as a function that makes a whole training step: windows, Adam, clipping.

A peer that isn't installed is None. Windows are cut by our own hand, so that what is measured is the network. All read
as many characters; none draws a sample.
"""

from collections.abc import Callable

import numpy as np

from charrnn.core import Corpus, TrainingSession

KINDS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
T, RATE, CLIP = 25, 0.002, 5.0

Step = Callable[[], object]
Build = Callable[[Corpus, str, int, int], Step | None]


def ours(corpus: Corpus, cell: str, streams: int, hidden: int) -> Step:
    """A session's step, as the programs make it."""
    options = {"hidden_size": hidden, "seq_length": T, "cell": cell, "streams": streams, "optimizer": "adam"}
    return TrainingSession(corpus, sample_every=None, learning_rate=RATE, init="orthogonal", **options).step


def pytorch(corpus: Corpus, cell: str, streams: int, hidden: int) -> Step | None:
    """PyTorch's own nn.RNN, GRU or LSTM, eager."""
    return _pytorch(corpus, cell, streams, hidden, compiled=False)


def torch_compile(corpus: Corpus, cell: str, streams: int, hidden: int) -> Step | None:
    """The same, with forward and loss through torch.compile; None where that doesn't run."""
    return _pytorch(corpus, cell, streams, hidden, compiled=True)


def _pytorch(corpus: Corpus, cell: str, streams: int, hidden: int, *, compiled: bool) -> Step | None:
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    V = len(corpus.vocabulary)
    rnn, out = getattr(torch.nn, KINDS[cell])(V, hidden), torch.nn.Linear(hidden, V)
    parameters = [*rnn.parameters(), *out.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=RATE)
    windows = TrainingSession(corpus, seq_length=T, streams=streams).windows
    onehot = torch.eye(V)
    zeros = torch.zeros(1, streams, hidden)
    memory = (zeros, zeros) if cell == "lstm" else zeros

    def forward(inputs, targets, memory):
        h, after = rnn(onehot[inputs], memory)
        return torch.nn.functional.cross_entropy(out(h).reshape(-1, V), targets), after

    if compiled:
        forward = torch.compile(forward)

    def step() -> None:
        nonlocal memory
        window = windows.next_window()
        inputs = torch.from_numpy(window.inputs.reshape(T, streams))
        targets = torch.from_numpy(np.ascontiguousarray(window.targets.reshape(-1)))
        optimizer.zero_grad()
        loss, after = forward(inputs, targets, memory)
        memory = tuple(m.detach() for m in after) if cell == "lstm" else after.detach()
        loss.backward()
        torch.nn.utils.clip_grad_value_(parameters, CLIP)
        optimizer.step()

    return _if_it_runs(step)


def jax_jit(corpus: Corpus, cell: str, streams: int, hidden: int) -> Step | None:
    """JAX: the whole step in one jit, the loop a scan, buffers donated."""
    try:
        import jax
    except ImportError:
        return None
    jnp, V, H = jax.numpy, len(corpus.vocabulary), hidden
    G = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    draw = np.random.default_rng(1).standard_normal
    scale = 1 / np.sqrt(H)
    shapes = {"Wx": (V, G * H), "Wh": (H, G * H), "b": (G * H,), "bhn": (H,), "Why": (H, V), "by": (V,)}
    p = {name: jnp.asarray(scale * draw(shape), jnp.float32) for name, shape in shapes.items()}
    moments = [{name: jnp.zeros_like(w) for name, w in p.items()} for _ in range(2)]
    windows = TrainingSession(corpus, seq_length=T, streams=streams).windows

    def advance(p, memory, entering):
        h, c = memory
        products = h @ p["Wh"]
        if cell == "rnn":
            h = jnp.tanh(entering + products)
        elif cell == "gru":
            a, b = jnp.split(entering, 3, 1), jnp.split(products, 3, 1)
            r, z = jax.nn.sigmoid(a[0] + b[0]), jax.nn.sigmoid(a[1] + b[1])
            n = jnp.tanh(a[2] + r * (b[2] + p["bhn"]))
            h = n + z * (h - n)
        else:
            i, f, g, o = jnp.split(entering + products, 4, 1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    def loss_of(p, inputs, targets, memory):
        entering = p["Wx"][inputs] + p["b"]
        memory, h = jax.lax.scan(lambda memory, x: advance(p, memory, x), memory, entering)
        log_p = jax.nn.log_softmax(h @ p["Why"] + p["by"])
        return -jnp.take_along_axis(log_p, targets[..., None], 2).mean(), memory

    def whole(p, first, second, memory, inputs, targets, count):
        (_, memory), d = jax.value_and_grad(loss_of, has_aux=True)(p, inputs, targets, memory)
        d = {name: jnp.clip(g, -CLIP, CLIP) for name, g in d.items()}
        first = {n: 0.9 * first[n] + 0.1 * d[n] for n in p}
        second = {n: 0.999 * second[n] + 0.001 * d[n] ** 2 for n in p}
        rate = RATE * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        p = {n: p[n] - rate * first[n] / (jnp.sqrt(second[n]) + 1e-8) for n in p}
        return p, first, second, jax.tree.map(jax.lax.stop_gradient, memory)

    made = jax.jit(whole, donate_argnums=(0, 1, 2, 3))
    zeros = [jnp.zeros((streams, H), jnp.float32) for _ in range(2)]
    state = [p, *moments, tuple(zeros)]
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        window = windows.next_window()
        inputs = window.inputs.reshape(T, streams).astype(np.int32)
        targets = window.targets.reshape(T, streams).astype(np.int32)
        state[:] = made(*state, inputs, targets, np.float32(count))
        jax.block_until_ready(state[3])

    return _if_it_runs(step)


def _if_it_runs(step: Step) -> Step | None:
    """The step, once it has been made; None where a compiler is missing, or doesn't take it."""
    try:
        step()
    except Exception as error:
        print(f"left out: {type(error).__name__}: {str(error).splitlines()[0][:90]}", flush=True)
        return None
    return step
