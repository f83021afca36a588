"""Which panels there are, in the order of their numbers: the one list that bar, keys, help and layout follow.

A panel is added here and in a folder of its own under `panels`. From the tenth on there is no number left: it is opened
by a click on its name, or from the command palette.
"""

from .bars.panel_names import Named
from .panels.error.panel import ErrorPanel
from .panels.lab.panel import LabPanel
from .panels.loss.panel import LossPanel
from .panels.memory.panel import MemoryPanel
from .panels.neurons.panel import NeuronsPanel
from .panels.one_step.panel import OneStepPanel
from .panels.panel import Panel
from .panels.sample.panel import SamplePanel
from .panels.window.panel import WindowPanel
from .panels.xray.panel import XrayPanel

PANELS: tuple[type[Panel], ...] = (
    LossPanel,
    WindowPanel,
    MemoryPanel,
    SamplePanel,
    XrayPanel,
    NeuronsPanel,
    ErrorPanel,
    OneStepPanel,
    LabPanel,
)
DIGITS = "123456789"
KEYS = dict(zip(DIGITS, (panel.name for panel in PANELS), strict=False))  # the panel that each number opens
FIRST = tuple(panel.name for panel in PANELS if panel.first)


EVERYWHERE = {key: panel.name for panel in PANELS for key in panel.everywhere}  # the panel that each of these acts on


def key(name: str) -> str:
    """The number that opens a panel, or "" where it has none."""
    return next((key for key, panel in KEYS.items() if panel == name), "")


def names() -> list[Named]:
    """What the bar of names calls them."""
    return [Named(p.name, key(p.name), p.in_bar or p.title, p.short) for p in PANELS]


def help_texts() -> dict[str, str]:
    """What the help says of each, by name."""
    return {panel.name: panel.help for panel in PANELS}
