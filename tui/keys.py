"""The keys that mean something everywhere; a panel has its own.

Those that ask the trainer for something are one list: for the bindings, the footer, the palette and the help.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType

from charrnn.core.live.commands import ChangeSpeed, Command, Save, StepOnce, TogglePause
from charrnn.core.training.interventions import (
    ChangeRate,
    ChangeTemperature,
    DrawSample,
    GoBack,
    Redo,
    ResetMemory,
    Restart,
    Undo,
)

LIKELIEST = "An answer is always what is likeliest: there is no temperature to change, and nothing to draw."
OF_TEXTS: dict[type[Command], str] = {  # what means nothing for examples, and why
    ResetMemory: "Nothing is remembered from example to example: there is no memory to reset.",
    DrawSample: LIKELIEST,
    ChangeTemperature: LIKELIEST,
}
LESSONS = "Experiments, guided: choose one, skip a step, leave it"
RECORDS = "Record what the screen shows as an asciinema cast, or end that"


class Key(NamedTuple):
    """`keys` are Textual's names, `shown` is what stands in the footer."""

    keys: str
    shown: str
    name: str
    meaning: str
    command: Command
    group: Binding.Group | None = None
    in_footer: bool = True

    @property
    def of_texts(self) -> str:
        """Why it means nothing for examples, or ""."""
        return OF_TEXTS.get(type(self.command), "")


RATE, SPEED = Binding.Group("Rate", compact=True), Binding.Group("Speed", compact=True)

KEYS = (
    Key("space,p", "space", "Pause", "Pause training, or go on", TogglePause()),
    Key("full_stop", ".", "Step", "One step, while training is paused", StepOnce()),
    Key("r", "r", "Reset", "Reset the memory: empty the hidden state, the weights stay", ResetMemory()),
    Key("plus,equals_sign", "+", "Rate up", "Raise the learning rate", ChangeRate(+1), RATE),
    Key("minus", "-", "Rate down", "Lower the learning rate", ChangeRate(-1), RATE),
    Key("less_than_sign", "<", "Slower", "Fewer steps a second, down to one", ChangeSpeed(-1), SPEED),
    Key("greater_than_sign", ">", "Faster", "More steps a second, up to full speed", ChangeSpeed(+1), SPEED),
    Key("s", "s", "Draw", "Draw a sample now", DrawSample(), in_footer=False),
    Key("t", "t", "Cooler", "Lower temperature: more cautious samples", ChangeTemperature(-1), in_footer=False),
    Key("T", "T", "Warmer", "Higher temperature: more daring samples", ChangeTemperature(+1), in_footer=False),
    Key("u", "u", "Undo", "Undo the last intervention: go to the state before it", Undo(), in_footer=False),
    Key("U", "U", "Redo", "Take the last undo back", Redo(), in_footer=False),
    Key("b", "b", "Back", "Go back to the last good state, with half the learning rate", GoBack(), in_footer=False),
    Key("R", "R", "Restart", "Start again from the same first weights (asks first)", Restart(), in_footer=False),
    Key("ctrl+s", "^s", "Save", "Save now, and say where", Save(), in_footer=False),
)


# What a narrow footer has no room for.
LAST = ("Speed", "Give this panel all the room", *(key.meaning for key in KEYS if key.group is SPEED))


def binding(place: int) -> Iterator[Binding]:
    """The bindings of a key of the list: the first name stands in the footer, the others do the same."""
    k = KEYS[place]
    first, _, others = k.keys.partition(",")
    does, told = f"send({place})", k.meaning
    yield Binding(first, does, k.name, show=k.in_footer, key_display=k.shown, tooltip=told, group=k.group)
    if others:
        yield Binding(others, does, k.name, show=False, tooltip=told)


def bindings(numbers: str, everywhere: Mapping[str, str]) -> list[BindingType]:
    """Everything, in the footer's order; `numbers` open panels.

    `everywhere` are panels by keys of theirs that act on them wherever the focus is.
    """
    return [
        *(Binding(key, f"act_on({name!r}, {key!r})", show=False) for key, name in everywhere.items()),
        *(Binding(key, f"numbered({key!r})", f"Panel {key}", show=False) for key in numbers),
        Binding("0", "restore", "Panels of the start", show=False),
        Binding("F", "present", "Present", show=False, tooltip="This panel on the whole screen, large; again: back"),
        Binding("a", "other_way", "Attention", tooltip="Begin again with attention, or without it: a run of its own"),
        Binding("i", "try_it", "Try it", tooltip="Type or paint something of your own, and see what the network says"),
        Binding("ctrl+n", "new_run", "New run", show=False, tooltip="Another text or network: the run so far is left"),
        Binding("V", "panel('rivals')", "Side by side", show=False, tooltip="This network beside others: its rivals"),
        Binding("w", "write", "Write", show=False, tooltip="Write the chart as CSV and the screen as SVG"),
        Binding("ctrl+l", "lessons", "Lessons", show=False, priority=True, tooltip=LESSONS),
        Binding("ctrl+r", "record", "Record", show=False, priority=True, tooltip=RECORDS),
        Binding("n", "tell(1)", "Tell a step", show=False),
        Binding("N", "tell(-1)", "Tell back", show=False),
        Binding("escape", "back", "Back", key_display="esc", tooltip="Give the room back to the other panels"),
        Binding("escape", "let_go", "Let go", show=False),
        Binding("question_mark", "help", "Help", key_display="?", tooltip="What the panels and keys mean"),
        Binding("f1", "help", "Help", show=False),
        Binding("space", "go_on", "Go on", key_display="space", tooltip="Go on with training"),
        Binding("p", "go_on", "Go on", show=False),
        *(one for i, k in enumerate(KEYS) if k.group is not SPEED for one in binding(i)),
        Binding("full_stop", "pause_first", "Step", show=False),
        Binding("q", "quit", "Quit", tooltip="End the program"),
        # Last: a narrow footer has no room for it.
        *(one for i, k in enumerate(KEYS) if k.group is SPEED for one in binding(i)),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True),
    ]


def not_of_examples(key: str) -> str:
    """Why a key that means something in runs on texts means nothing for examples, or ""."""
    return next((k.of_texts for k in KEYS if key in k.keys.split(",")), "")


def help_lines(*, of_texts: bool = True) -> list[tuple[str, str]]:
    """What the help says: keys as they are typed, and what they do; `of_texts`: those too that only texts have."""
    keys = [k for k in KEYS if of_texts or not k.of_texts]
    typed = {"full_stop": ".", "plus": "+", "equals_sign": "=", "minus": "-"}
    typed |= {"less_than_sign": "<", "greater_than_sign": ">", "ctrl+s": "Ctrl+S"}
    names = (" ".join(typed.get(key, key) for key in k.keys.split(",")) for k in keys)
    return list(zip(names, (k.meaning for k in keys), strict=True))
