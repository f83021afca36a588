"""Which panels there are for each task, in the order of their numbers: what bar, keys, help and layout follow.

A panel is added here and in a folder of its own under `panels`. From the tenth on there is no number left: it is opened
by a click on its name, or from the command palette.
"""

from collections.abc import Mapping
from types import MappingProxyType

from charrnn.core.settings import Settings

from .bars.panel_names import Named
from .panels.alike.panel import AlikePanel
from .panels.answers.panel import AnswersPanel
from .panels.belief.panel import BeliefPanel
from .panels.confusion.panel import ConfusionPanel
from .panels.error import help as error
from .panels.error.panel import ErrorPanel
from .panels.lab.panel import LabPanel
from .panels.looks.panel import LooksPanel
from .panels.loss.help import OF_EXAMPLES
from .panels.loss.panel import LossPanel
from .panels.memory.panel import MemoryPanel
from .panels.my_text.panel import MyTextPanel
from .panels.neurons import help as neurons
from .panels.neurons.panel import NeuronsPanel
from .panels.one_step import help as one_step
from .panels.one_step.panel import OneStepPanel
from .panels.panel import Panel
from .panels.picture.panel import PicturePanel
from .panels.places.panel import PlacesPanel
from .panels.rivals.panel import RivalsPanel
from .panels.sample.panel import SamplePanel
from .panels.try_it.paint import PaintPanel
from .panels.try_it.panel import TryItPanel
from .panels.two_ways.panel import TwoWaysPanel
from .panels.window.panel import WindowPanel
from .panels.xray import help as xray
from .panels.xray.panel import XrayPanel

DIGITS = "123456789"
OWN = "i"  # the key of a panel in which one tries something of one's own


class PanelList:
    """The panels for a task; `first` are the names of those that are open at the start.

    `told` is what the help says of some of them in place of what they say themselves, by name.
    """

    def __init__(self, *panels: type[Panel], told: Mapping[str, str] = MappingProxyType({})) -> None:
        self.panels, self._told = panels, told
        numbered = (panel.name for panel in panels if panel.numbered)
        self.keys = dict(zip(DIGITS, numbered, strict=False))  # what each number opens
        self.quiet = frozenset(panel.name for panel in panels if panel.quiet)
        self.first = tuple(panel.name for panel in panels if panel.first)
        self.own = next((panel.name for panel in panels if panel.letter == OWN), "")
        # The panel that each of these keys acts on, wherever the focus is.
        self.everywhere = {key: panel.name for panel in panels for key in panel.everywhere}

    def key(self, name: str) -> str:
        """The number that opens a panel, or "" where it has none."""
        return next((key for key, panel in self.keys.items() if panel == name), "")

    def names(self) -> list[Named]:
        """What the bar of names calls them."""
        return [Named(p.name, self.key(p.name) or p.letter, p.in_bar or p.title, p.short) for p in self.panels]

    def help_texts(self) -> dict[str, str]:
        """What the help says of each, by name."""
        return {panel.name: self._told.get(panel.name, panel.help) for panel in self.panels}


TEXT = PanelList(
    LossPanel,
    WindowPanel,
    MemoryPanel,
    SamplePanel,
    XrayPanel,
    NeuronsPanel,
    ErrorPanel,
    OneStepPanel,
    LabPanel,
    MyTextPanel,
    AlikePanel,
    RivalsPanel,
)
INSIDE = (XrayPanel, NeuronsPanel, ErrorPanel, OneStepPanel)
TOLD = {
    LossPanel.name: OF_EXAMPLES,
    XrayPanel.name: xray.OF_EXAMPLES,
    NeuronsPanel.name: neurons.OF_EXAMPLES,
    ErrorPanel.name: error.OF_EXAMPLES,
    OneStepPanel.name: one_step.OF_EXAMPLES,
}
LISTS = {
    "text": TEXT,
    "label": PanelList(
        BeliefPanel, LossPanel, AnswersPanel, ConfusionPanel, *INSIDE, TryItPanel, RivalsPanel, told=TOLD
    ),
    "describe": PanelList(PicturePanel, AnswersPanel, LossPanel, *INSIDE, PaintPanel, RivalsPanel, told=TOLD),
    "translate": PanelList(
        LooksPanel, AnswersPanel, LossPanel, TwoWaysPanel, PlacesPanel, *INSIDE, TryItPanel, RivalsPanel, told=TOLD
    ),
}


def panels_for(settings: Settings) -> PanelList:
    """Those of a run with these options."""
    return LISTS[settings.task]
