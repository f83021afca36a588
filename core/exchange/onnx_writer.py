"""Write a network as an `.onnx` file, of standard operators only: what each id of a text is followed by.

    ids (T, B) int64, h (L, B, H), of an LSTM also c (L, B, H)
        → log_probabilities (T, B, Y), h_after (L, B, H), c_after (L, B, H)

Any T and B. The graph makes ids one-hot itself. It is of opset 11 and IR version 6, which runtimes have read since
2019, and in float32 whatever the run is in: that is what runtimes have these operators in.
"""

from pathlib import Path
from typing import Any

import numpy as np

from ..extras import require
from ..files.whole import write_whole
from ..network.parameters import Array
from .layout import HEAD, onnx_layer
from .portable import ExchangeError, Portable

OPSET, IR_VERSION = 11, 6
MOST_BYTES = (1 << 31) - (1 << 20)  # of a protocol buffer, with room for the graph


def check_installed() -> None:
    """Raises MissingExtraError, in a sentence, where the library isn't there."""
    require("files for ONNX need", "onnx", "export")


def write_onnx(network: Portable, path: Path) -> None:
    """Write it whole. Raises OSError, which leaves what was there as it was, or ExchangeError where it can't be one."""
    write_whole(path, onnx_model(network).SerializeToString())


def onnx_model(network: Portable) -> Any:
    """The model, an `onnx.ModelProto`. Raises ExchangeError where a file can't hold it."""
    from onnx import helper
    from onnx.checker import check_model

    if sum(tensor.size * 4 for tensor in network.tensors.values()) > MOST_BYTES:
        raise ExchangeError("an .onnx file holds up to 2 GB, and this network is larger: .safetensors has room for it")
    model = helper.make_model(
        _Graph(network).whole(),
        producer_name="charrnn-tui",
        producer_version=network.texts()["program"].rpartition(" ")[2],
        ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    helper.set_model_props(model, network.texts())
    check_model(model, full_check=True)
    return model


class _Graph:
    """The operators of a network one after the other, with their weights."""

    def __init__(self, network: Portable) -> None:
        from onnx import helper

        self._network, self._helper = network, helper
        self._nodes: list[Any] = []
        self._weights: list[Any] = []

    def whole(self) -> Any:
        """The graph."""
        s = self._network.settings
        states = ("h", "c") if s.cell == "lstm" else ("h",)
        before = {state: self._by_layer(state) for state in states}
        self._constant("depth", np.array([len(self._network.symbols)]))
        self._constant("off_and_on", np.array([0, 1], np.float32))
        self._add("OneHot", ["ids", "depth", "off_and_on"], ["one_hot"], axis=-1)
        self._constant("rows_of_states", np.array([0, -1, s.hidden_size]))  # without the axis of directions
        below = "one_hot"
        for layer in range(s.layers):
            below = self._layer(layer, below, [before[state][layer] for state in states], states)
        for state in states:
            self._add("Concat", [f"{state}_after_{layer}" for layer in range(s.layers)], [f"{state}_after"], axis=0)
        self._constant("output_weights", self._network.tensors[f"{HEAD}weight"].T)
        self._constant("output_bias", self._network.tensors[f"{HEAD}bias"])
        self._add("MatMul", [below, "output_weights"], ["products"])
        self._add("Add", ["products", "output_bias"], ["logits"])
        self._add("LogSoftmax", ["logits"], ["log_probabilities"], axis=2)
        return self._with_ends(states)

    def _with_ends(self, states: tuple[str, ...]) -> Any:
        """The graph between its inputs and outputs."""
        from onnx import TensorProto

        def end(name: str, shape: tuple[str | int, ...], kind: int = TensorProto.FLOAT) -> Any:
            return self._helper.make_tensor_value_info(name, kind, shape)

        n = self._network
        memory = n.settings.layers, "B", n.settings.hidden_size
        inputs = [end("ids", ("T", "B"), TensorProto.INT64), *(end(state, memory) for state in states)]
        said = end("log_probabilities", ("T", "B", len(n.says or n.symbols)))
        outputs = [said, *(end(f"{state}_after", memory) for state in states)]
        return self._helper.make_graph(self._nodes, "network", inputs, outputs, self._weights)

    def _by_layer(self, state: str) -> list[str]:
        """A memory's parts, one for each layer."""
        layers = self._network.settings.layers
        if layers == 1:
            return [state]
        parts = [f"{state}_before_{layer}" for layer in range(layers)]
        self._add("Split", [state], parts, axis=0)
        return parts

    def _layer(self, layer: int, below: str, before: list[str], states: tuple[str, ...]) -> str:
        """A recurrent layer over what is `below`; returns the name of its h at all steps, (T, B, H)."""
        s = self._network.settings
        weights = onnx_layer(self._network.tensors, s.cell, layer)
        names = [f"{name}_{layer}" for name in weights._fields]
        for name, array in zip(names, weights, strict=True):
            self._constant(name, array)
        more = {"linear_before_reset": 1} if s.cell == "gru" else {}
        self._add(
            s.cell.upper(),
            [below, *names, "", *before],  # all streams are as long as the text
            [f"states_{layer}", *(f"{state}_after_{layer}" for state in states)],
            hidden_size=s.hidden_size,
            **more,
        )
        self._add("Reshape", [f"states_{layer}", "rows_of_states"], [f"rows_{layer}"])
        return f"rows_{layer}"

    def _constant(self, name: str, array: Array | np.ndarray[Any, Any]) -> None:
        from onnx import numpy_helper

        if array.dtype.kind == "f":
            with np.errstate(over="ignore"):
                array = array.astype(np.float32, order="C")
            if not np.isfinite(array).all():
                raise ExchangeError("an .onnx file is in float32, and this network's weights are too large for it")
        self._weights.append(numpy_helper.from_array(array, name))

    def _add(self, operator: str, inputs: list[str], outputs: list[str], **how: Any) -> None:
        self._nodes.append(self._helper.make_node(operator, inputs, outputs, **how))
