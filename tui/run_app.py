"""An app on a run: its keys ask the trainer for something, or end the run for another one.

What is shown of the run is in `app`.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import BinaryIO

from textual.app import SystemCommand
from textual.screen import Screen

from charrnn.core.cli.opening import Opened
from charrnn.core.cli.rivals.beside import Beside
from charrnn.core.cli.sharing.recipe import recipe_of_run
from charrnn.core.live.commands import StepOnce, Stop, TogglePause
from charrnn.core.live.driver import Until
from charrnn.core.live.rival import RivalError
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.live.trained import Trained
from charrnn.core.settings import Settings
from charrnn.core.tasks.examples import Examples
from charrnn.core.text.corpus import Corpus
from charrnn.core.text.identity import CorpusIdentity
from charrnn.core.text.visible import readable
from charrnn.core.training.interventions import Restart

from .bars.news import Said
from .export import file_stem, packed, write_here
from .keys import KEYS, RECORDS
from .other_way import other_way
from .panel_app import PanelApp
from .panel_list import LISTS, TEXT, PanelList
from .panels.alike.panel import AlikePanel
from .panels.loss.panel import LossPanel
from .panels.one_step.panel import OneStepPanel
from .panels.rivals.panel import RivalsPanel
from .panels.xray.panel import XrayPanel
from .reach import NO_PROGRAMS, Reach
from .recording import Recording
from .screens.ask import AskScreen
from .screens.following import Following
from .screens.new_run.screen import NewRunScreen
from .screens.restart import OTHER_WAY, QUESTION, RestartScreen
from .serving.school import NOBODY

RIVAL = """\
What shall be different in the rival? As --cell gru, or --learning-rate 0.01 --streams 16. It begins at step 0 now; x \
in the chart compares at equal steps, time or characters."""
KINDS: list[type[object]] = [type(key.command) for key in KEYS]
PAUSE, STEP = map(KINDS.index, (TogglePause, StepOnce))


class RunApp(PanelApp):
    """Sends what is asked for to the `trainer`. `followed_by` makes the run that it ended for, if it did.

    Whoever makes one gives it the trainer, and says of what run it is.
    """

    trainer: Trained
    beside: Beside
    settings: Settings
    stop_at: int | None  # the step
    until: Until
    corpus: Corpus | Examples
    reach: Reach
    followed_by: Callable[[Opened], Opened] | None = None
    shown: Snapshot | None = None  # on the screen now
    school = NOBODY
    _asked_to_pause = False

    def __init__(self, panels: PanelList = TEXT, *, first_run: bool = False, ascii_only: bool = False) -> None:
        super().__init__(panels, first_run=first_run, ascii_only=ascii_only)
        self.recording = Recording(self.recorder)

    def show_again(self, *, at_once: bool = False) -> None:
        """Show the panels on screen what was seen last."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is in the footer, and under keys with two meanings."""
        paused = self.shown is not None and self.shown.state == "paused"
        only_if: dict[tuple[str, tuple[object, ...]], bool] = {
            ("go_on", ()): paused,
            ("pause_first", ()): not paused,
            ("send", (PAUSE,)): not paused,
            ("send", (STEP,)): paused,
            **{("send", (n,)): self.list is TEXT for n, key in enumerate(KEYS) if key.of_texts},
            ("other_way", ()): self.list is LISTS["translate"],
        }
        return only_if.get((action, parameters), True) and super().check_action(action, parameters)

    def action_pause_first(self) -> None:
        """Say what a step needs."""
        self.tell("Pause first (space): then each . is one step.", about="pauses")

    def action_go_on(self) -> None:
        """End the pause."""
        self.action_send(PAUSE)

    def action_send(self, place: int) -> None:
        command = KEYS[place].command
        if isinstance(command, Restart):
            self.push_screen(RestartScreen(QUESTION), self._restart)
            return
        if isinstance(command, TogglePause):
            self.hint.tick("space")
            self._asked_to_pause = True
        self.trainer.send(command)

    def _restart(self, confirmed: bool | None) -> None:
        if confirmed:
            self.trainer.send(Restart())

    def action_other_way(self) -> None:
        """Ask whether to begin again with attention, or without."""
        how = "without attention" if self.settings.attends else "with attention"
        kept = "is saved and left" if self.trainer.saver else "isn't saved, and is gone"
        self.push_screen(RestartScreen(OTHER_WAY.format(how=how, kept=kept)), self._go_the_other_way)

    def _go_the_other_way(self, confirmed: bool | None) -> None:
        if confirmed:
            self.followed_by = other_way
            self.leave(0)

    def action_new_run(self) -> None:
        """Fill in what is to be trained next."""
        if isinstance(self.screen, NewRunScreen):
            return
        corpus = self.corpus
        recipe = recipe_of_run(self.settings, CorpusIdentity.of(corpus), self.stop_at, *self.until)
        dots = corpus.size[0] * corpus.size[1] if isinstance(corpus, Examples) else 0
        saved = self.trainer.saver is not None
        size = (len(corpus.vocabulary), dots)
        form = NewRunScreen(recipe, saved=saved, kept={"no_save": not saved}, size=size, files=self.reach.files)
        self.push_screen(form, self._follow)

    def _follow(self, following: Following | None) -> None:
        if following:
            self.followed_by = following
            self.leave(0)

    # Rivals

    def action_rival(self) -> None:
        """Ask what a rival is to be trained with, and start it."""
        problem = self.beside.full() if self.reach.programs else NO_PROGRAMS
        if problem:
            self.tell(problem, about="rivals")
        else:
            self.push_screen(AskScreen(RIVAL, self.beside.problem), self._start_rival)

    def _start_rival(self, options: str | None) -> None:
        if options is None:
            return
        try:
            self.beside.start(options)
        except RivalError as error:
            self.tell(str(error), about="rivals")
        else:
            self.open_panel(RivalsPanel.name)

    def action_dismiss(self) -> None:
        """End the newest rival."""
        label = self.beside.dismiss()
        self.tell(f"The {label} ends." if label else "No rival is running: c starts one.", about="rivals")

    def hold_rivals(self, snapshot: Snapshot) -> None:
        """Rivals stand still where this run was made to; where it has come to its end, they go on to theirs."""
        if snapshot.state == "training":
            self.beside.go_on()
        elif snapshot.state == "paused" and (self._asked_to_pause or not snapshot.note):
            self.beside.hold()
        self._asked_to_pause = False

    def action_tell(self, by: int) -> None:
        """To the next phase of the step that is told; after the last one, to the next step."""
        snapshot, one_step = self.trainer.look(), self.panel_of(OneStepPanel)
        if snapshot.state == "training":
            self.tell("Pause first (space): then n tells the next step.", about="pauses")
            return
        self.hint.tick("n")
        if not one_step.display:
            self.open_panel(one_step.name)
        if one_step.tell(by, snapshot.step):
            self.trainer.send(StepOnce())
        else:
            self.show_again()

    def on_xray_panel_look_alike(self, message: XrayPanel.LookAlike) -> None:
        """Show where else the memory looks like at that place."""
        panel = self.panel_of(AlikePanel)
        panel.ask(message.kind, message.place)
        self.open_panel(panel.name)
        self.panels.enlarge(panel.name)  # ten places of each kind want room

    def action_write(self) -> None:
        """Write the picture and the chart's numbers into the folder the program was started in, and say where."""
        picture, table = self.export_screenshot(title="charrnn-tui"), self.panel_of(LossPanel).table()
        name, step = self.corpus.name, self.trainer.look().step
        if self.reach.files:
            self.say(write_here(name, step, picture, table))
        else:
            stem = file_stem(name, step)
            self.hand_over(packed(stem, picture, table), f"{stem}.zip", "application/zip")

    def hand_over(self, file: BinaryIO, name: str, kind: str) -> None:
        """Give a file to the browser that this is shown in."""
        self.deliver_binary(file, save_filename=name, mime_type=kind, open_method="download")
        self.say(Said(f"{readable(name)} goes to your browser", seconds=6))

    def action_record(self) -> None:
        """Record the screen into the folder the program was started in, or end that; say where it was written."""
        if self.recording.runs:
            self.say(self.recording.end())
            if not self.reach.files and self.recording.path:
                self.hand_over(self.recording.path.open("rb"), self.recording.path.name, "application/x-asciicast")
        else:
            self.say(self.recording.begin(self.corpus.name, self.trainer.look().step, self.size))
            self.refresh()  # all of it: a cast begins with the whole screen

    async def action_quit(self) -> None:
        self.leave(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        for place, key in enumerate(KEYS):
            if key.of_texts and self.list is not TEXT:
                continue
            yield SystemCommand(f"{key.name} · {key.shown}", key.meaning, partial(self.action_send, place))
        yield SystemCommand("New run · ^n", "Another text or network, in a form; this run is left", self.action_new_run)
        if self.reach.programs:
            yield SystemCommand(
                "Rival", "Train another network beside this one, with its own options", self.action_rival
            )
            yield SystemCommand("End rival", "End the newest rival, which is saved", self.action_dismiss)
        yield SystemCommand("Write · w", "Write the chart's numbers as CSV and the screen as SVG", self.action_write)
        yield SystemCommand("Record · ^r", RECORDS, self.action_record)
        yield from self.school.commands(self.say)

    def say(self, said: Said | None) -> None:
        """Say something in a corner of the screen."""
        if said:
            self.notify(said.text, severity=said.severity, markup=False, timeout=said.seconds)

    def leave(self, code: int) -> None:
        self.trainer.send(Stop())
        self.beside.end()
        self.exit(return_code=code)
