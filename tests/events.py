"""Event files as TensorBoard's own reader reads them."""

import warnings

import pytest


def read_events(folder):
    """Scalars, texts and pictures by tag, each a list of (step, value)."""
    pytest.importorskip("tensorboardX", reason="the extra tensorboard isn't installed")
    pytest.importorskip("tensorboard", reason="TensorBoard, the reader, isn't installed: the extra dev has it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

        kinds = ("scalars", "tensors", "histograms", "compressedHistograms", "images", "audio")
        events = EventAccumulator(str(folder), size_guidance=dict.fromkeys(kinds, 0))
        events.Reload()
    tags = events.Tags()
    scalars = {tag: [(e.step, e.value) for e in events.Scalars(tag)] for tag in tags["scalars"]}
    texts = {
        tag.removesuffix("/text_summary"): [
            (e.step, e.tensor_proto.string_val[0].decode()) for e in events.Tensors(tag)
        ]
        for tag in tags["tensors"]
    }
    pictures = {tag: [(e.step, e.histogram_value) for e in events.Histograms(tag)] for tag in tags["histograms"]}
    return scalars, texts, pictures
