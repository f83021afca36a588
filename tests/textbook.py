"""The classic loop, written from its equations without looking at the engine: slow, plain, float64.

It is what the engine is checked against and measured beside. One-hot vectors, a new array for everything, one time
step after the other.
"""

import numpy as np


class TextbookRNN:
    """Its parameters and Adagrad's sums are dictionaries under the usual names; column vectors throughout."""

    def __init__(self, vocab_size, hidden_size=100, seed=0):
        rng = np.random.default_rng(seed)
        self.vocab_size = vocab_size
        self.parameters = {
            "Wxh": rng.standard_normal((hidden_size, vocab_size)) * 0.01,
            "Whh": rng.standard_normal((hidden_size, hidden_size)) * 0.01,
            "Why": rng.standard_normal((vocab_size, hidden_size)) * 0.01,
            "bh": np.zeros((hidden_size, 1)),
            "by": np.zeros((vocab_size, 1)),
        }
        self.sums = {name: np.zeros_like(p) for name, p in self.parameters.items()}

    def loss_and_gradients(self, inputs, targets, hidden):
        """Loss of a window, gradients, and the memory after it, (H, 1)."""
        p = self.parameters
        x, h, probabilities = {}, {-1: hidden.copy()}, {}
        loss = 0.0
        for t in range(len(inputs)):
            x[t] = np.zeros((self.vocab_size, 1))
            x[t][inputs[t]] = 1
            h[t] = np.tanh(np.dot(p["Wxh"], x[t]) + np.dot(p["Whh"], h[t - 1]) + p["bh"])
            y = np.dot(p["Why"], h[t]) + p["by"]
            e = np.exp(y - y.max())
            probabilities[t] = e / e.sum()
            loss -= np.log(probabilities[t][targets[t], 0])
        gradients = {name: np.zeros_like(value) for name, value in p.items()}
        dh_next = np.zeros_like(h[0])
        for t in reversed(range(len(inputs))):
            dy = probabilities[t].copy()
            dy[targets[t]] -= 1
            gradients["Why"] += np.dot(dy, h[t].T)
            gradients["by"] += dy
            da = (1 - h[t] ** 2) * (np.dot(p["Why"].T, dy) + dh_next)
            gradients["bh"] += da
            gradients["Wxh"] += np.dot(da, x[t].T)
            gradients["Whh"] += np.dot(da, h[t - 1].T)
            dh_next = np.dot(p["Whh"].T, da)
        return loss, gradients, h[len(inputs) - 1]

    def update(self, gradients, learning_rate=0.1):
        """Adagrad on gradients clipped to [-5, 5]."""
        for name, gradient in gradients.items():
            g = np.clip(gradient, -5, 5)
            self.sums[name] += g * g
            self.parameters[name] -= learning_rate * g / np.sqrt(self.sums[name] + 1e-8)
