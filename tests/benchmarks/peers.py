"""The same training step in other hands, each as a function from a window to its loss.

A peer that isn't installed is left out. All start from the same weights and train on the same windows, so that the
first losses must agree: what computes something else isn't a peer.
"""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from textbook import TextbookRNN

from charrnn.core import CharRNN, Corpus, TrainingSession

Step = Callable[[np.ndarray, np.ndarray], float]
RATE = 0.1
NAMES = ("Wxh", "Whh", "Why", "bh", "by")


def windows(ids: np.ndarray, T: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Inputs and targets, round and round."""
    while True:
        for start in range(0, len(ids) - T - 1, T):
            yield ids[start : start + T], ids[start + 1 : start + T + 1]


def weights(V: int, H: int) -> dict[str, np.ndarray]:
    """The weights all start from, float64."""
    model = CharRNN(V, H, dtype="float64", seed=1)
    return {name: np.array(model.parameters[name]) for name in NAMES}


def ours(dtype: str) -> Callable[[Corpus, int, int], Step]:
    """The engine as a session runs it: cutting the window, the step, Adagrad and the smooth loss."""

    def build(corpus: Corpus, H: int, T: int) -> Step:
        session = TrainingSession(corpus, hidden_size=H, seq_length=T, seed=1, dtype=dtype, sample_every=None)

        def step(inputs: np.ndarray, targets: np.ndarray) -> float:  # it cuts its own windows, as it does for people
            return T * session.step().loss

        return step

    return build


def textbook(corpus: Corpus, H: int, T: int) -> Step:
    """One-hot vectors, a new array for everything, float64."""
    book = TextbookRNN(len(corpus.vocabulary), H)
    for name, value in weights(len(corpus.vocabulary), H).items():
        book.parameters[name][...] = value.reshape(book.parameters[name].shape)
    h = np.zeros((H, 1))

    def step(inputs: np.ndarray, targets: np.ndarray) -> float:
        nonlocal h
        loss, gradients, h = book.loss_and_gradients(inputs, targets, h)
        book.update(gradients, RATE)
        return loss

    return step


def c_loops(corpus: Corpus, H: int, T: int) -> Step | None:
    """Plain C loops, float32, by the compiler that is here."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    V = len(corpus.vocabulary)
    library = Path(tempfile.mkdtemp()) / "step.so"
    flags = ["-O3", "-march=native", "-ffast-math", "-shared", "-fPIC"]
    source = Path(__file__).with_name("step.c")
    subprocess.run([compiler, *flags, str(source), "-o", str(library), "-lm"], check=True)
    function = ctypes.CDLL(str(library)).step
    function.restype = ctypes.c_float
    start = weights(V, H)
    arrays = [np.ascontiguousarray(start["Wxh"].T, np.float32)]
    arrays += [start[name].astype(np.float32) for name in NAMES[1:]]
    size = sum(a.size for a in arrays)
    arrays += [np.zeros(n, np.float32) for n in (size, size, H, (T + 1) * H + T * V + 3 * H)]
    pointers = [a.ctypes.data_as(ctypes.c_void_p) for a in arrays]
    shape = (T, H, V, ctypes.c_float(RATE))

    def step(inputs: np.ndarray, targets: np.ndarray) -> float:
        assert arrays  # they must outlive the pointers
        i, t = inputs.astype(np.intc), targets.astype(np.intc)
        return function(*pointers, i.ctypes.data_as(ctypes.c_void_p), t.ctypes.data_as(ctypes.c_void_p), *shape)

    return step


def torch_eager(corpus: Corpus, H: int, T: int) -> Step | None:
    """PyTorch's own nn.RNN, cross-entropy and Adagrad, eager, one thread, float32."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    V, start = (
        len(corpus.vocabulary),
        {n: torch.tensor(w).float() for n, w in weights(len(corpus.vocabulary), H).items()},
    )
    rnn, out = torch.nn.RNN(V, H), torch.nn.Linear(H, V)
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(start["Wxh"])
        rnn.weight_hh_l0.copy_(start["Whh"])
        rnn.bias_ih_l0.zero_()
        rnn.bias_hh_l0.zero_()
        out.weight.copy_(start["Why"])
        out.bias.zero_()
    rnn.bias_hh_l0.requires_grad_(False)
    parameters = [p for p in (*rnn.parameters(), *out.parameters()) if p.requires_grad]
    optimizer = torch.optim.Adagrad(parameters, lr=RATE, eps=1e-8)
    onehot, h = torch.eye(V), torch.zeros(1, H)

    def step(inputs: np.ndarray, targets: np.ndarray) -> float:
        nonlocal h
        optimizer.zero_grad()
        hs, after = rnn(onehot[torch.from_numpy(inputs.astype(np.int64))], h)
        loss = torch.nn.functional.cross_entropy(out(hs), torch.from_numpy(targets.astype(np.int64)), reduction="sum")
        loss.backward()
        torch.nn.utils.clip_grad_value_(parameters, 5)
        optimizer.step()
        h = after.detach()
        return loss.item()

    return step


def jax_jit(corpus: Corpus, H: int, T: int) -> Step | None:
    """JAX: the whole step in one jit, scan unrolled, buffers donated, float32."""
    try:
        import jax
    except ImportError:
        return None
    from functools import partial

    jnp = jax.numpy
    p = {name: jnp.asarray(w, jnp.float32) for name, w in weights(len(corpus.vocabulary), H).items()}
    p["Wxh"] = p["Wxh"].T
    m = {name: jnp.zeros_like(w) for name, w in p.items()}
    h = jnp.zeros(H, jnp.float32)

    def loss_of(p, inputs, targets, h):
        def cell(h, x):
            h = jnp.tanh(x + p["Whh"] @ h)
            return h, h

        h, hs = jax.lax.scan(cell, h, p["Wxh"][inputs] + p["bh"], unroll=min(T, 25))
        log_p = jax.nn.log_softmax(hs @ p["Why"].T + p["by"])
        return -log_p[jnp.arange(T), targets].sum(), h

    @partial(jax.jit, donate_argnums=(0, 1))
    def train(p, m, inputs, targets, h):
        (loss, h), g = jax.value_and_grad(loss_of, has_aux=True)(p, inputs, targets, h)
        g = {n: jnp.clip(x, -5, 5) for n, x in g.items()}
        m = {n: m[n] + g[n] * g[n] for n in p}
        p = {n: p[n] - RATE * g[n] / jnp.sqrt(m[n] + 1e-8) for n in p}
        return p, m, loss, h

    def step(inputs: np.ndarray, targets: np.ndarray) -> float:
        nonlocal p, m, h
        p, m, loss, h = train(p, m, inputs, targets, h)
        return float(loss)

    return step


def numba_loops(corpus: Corpus, H: int, T: int) -> Step | None:
    """Numba: the textbook's loops compiled, float32."""
    try:
        import numba
    except ImportError:
        return None
    V, start = len(corpus.vocabulary), weights(len(corpus.vocabulary), H)
    f = np.float32
    P = [np.ascontiguousarray(start["Wxh"].T, f), *(start[name].astype(f) for name in NAMES[1:])]
    M, G = [np.zeros_like(x) for x in P], [np.zeros_like(x) for x in P]
    h, hs, p = np.zeros(H, f), np.zeros((T + 1, H), f), np.zeros((T, V), f)

    @numba.njit(fastmath=True)
    def update(p, g, m, rate):
        for i in range(p.size):
            x = min(max(g[i], f(-5)), f(5))
            m[i] += x * x
            p[i] -= rate * x / np.sqrt(m[i] + f(1e-8))

    @numba.njit(fastmath=True)
    def train(Wxh, Whh, Why, bh, by, gWxh, gWhh, gWhy, gbh, gby, mWxh, mWhh, mWhy, mbh, mby, h, hs, p, i, o, rate):
        T, H, loss = len(i), len(h), f(0)
        hs[0] = h
        gWxh[:], gWhh[:], gWhy[:], gbh[:], gby[:] = f(0), f(0), f(0), f(0), f(0)
        for t in range(T):
            hs[t + 1] = np.tanh(Wxh[i[t]] + np.dot(Whh, hs[t]) + bh)
            y = np.dot(Why, hs[t + 1]) + by
            e = np.exp(y - y.max())
            p[t] = e / e.sum()
            loss -= np.log(p[t, o[t]])
        dnext = np.zeros(H, f)
        for t in range(T - 1, -1, -1):
            p[t, o[t]] -= f(1)
            dh = np.dot(Why.T, p[t]) + dnext
            da = (f(1) - hs[t + 1] * hs[t + 1]) * dh
            for v in range(len(by)):
                for j in range(H):
                    gWhy[v, j] += p[t, v] * hs[t + 1, j]
            for a in range(H):
                for j in range(H):
                    gWhh[a, j] += da[a] * hs[t, j]
            gby += p[t]
            gbh += da
            gWxh[i[t]] += da
            dnext = np.dot(Whh.T, da)
        h[:] = hs[T]
        update(Wxh.ravel(), gWxh.ravel(), mWxh.ravel(), rate)
        update(Whh.ravel(), gWhh.ravel(), mWhh.ravel(), rate)
        update(Why.ravel(), gWhy.ravel(), mWhy.ravel(), rate)
        update(bh, gbh, mbh, rate)
        update(by, gby, mby, rate)
        return loss

    def step(inputs: np.ndarray, targets: np.ndarray) -> float:
        return train(*P, *G, *M, h, hs, p, inputs.astype(np.intp), targets.astype(np.intp), f(RATE))

    return step


PEERS: dict[str, Callable[[Corpus, int, int], Step | None]] = {
    "charrnn, float32": ours("float32"),
    "charrnn, float64": ours("float64"),
    "textbook loop, float64": textbook,
    "PyTorch nn.RNN, eager": torch_eager,
    "JAX, one jit, unrolled": jax_jit,
    "numba loops": numba_loops,
    "C loops, -O3": c_loops,
}
