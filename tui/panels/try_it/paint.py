"""Paint on a picture, and see the description change. The dots are in `canvas`, what is drawn in `painted`."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import MouseDown, MouseMove, MouseUp

from charrnn.core.insight.examples.trying import Tried
from charrnn.core.insight.wanted import ANSWERS, TRIED, Wanted

from ...drawing.rows import Row
from ..panel import RowsPanel
from ..scene import Scene
from .canvas import Canvas, Scale
from .help import PAINT_HELP
from .kept import Kept
from .painted import draw_painted, room_for_picture

MOST_KEPT = 40


class PaintPanel(RowsPanel):
    """A picture of which the dots can be painted, beside what is said of it."""

    name, title, in_bar, short, help = "try_it", "Try it", "Try it", "Try", PAINT_HELP
    letter = "i"
    needs = frozenset({TRIED, ANSWERS})
    EMPTY = "A picture to paint on, as soon as the network has been asked about one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(0, -1)", "Move", key_display="←↑↓→", tooltip="Move the cursor"),
        Binding("right", "move(0, 1)", "Right", show=False),
        Binding("up", "move(-1, 0)", "Up", show=False),
        Binding("down", "move(1, 0)", "Down", show=False),
        Binding("space", "paint", "Paint", key_display="space", tooltip="Paint the dot, or take it away"),
        Binding("n", "another", "New", tooltip="Another picture that isn't learnt"),
        Binding("c", "clear", "Clear", tooltip="Begin with an empty picture"),
        Binding("u", "undo", "Undo", tooltip="Take back what was painted last"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.canvas: Canvas | None = None
        self.so_far: list[Kept] = []  # what each change made of the description, the newest last
        self._began = 0  # which of the pictures that aren't learnt
        self._drawing: bool | None = None  # with the mouse: dots are drawn, or taken away

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.needs, tried=Tried(dots=self.canvas.dots) if self.canvas else None)

    def pick(self, scene: Scene) -> None:
        super().pick(scene)
        if self.canvas is None:
            self._begin(0)
        tried = self.insight.tried if self.insight else None
        if self.canvas and tried and tried.answer and tried.tried.dots == self.canvas.dots:
            changed = not self.so_far or self.so_far[-1].answer.said != tried.answer.said
            if changed:
                if self.so_far and self.so_far[-1].step == self.canvas.painted:
                    self.so_far.pop()  # nothing was painted: it has learnt meanwhile
                self.so_far.append(Kept(self.canvas.painted, tried.answer))
                del self.so_far[:-MOST_KEPT]
                self.redraw()

    def _begin(self, number: int) -> None:
        """Take one of the pictures that were asked about."""
        answers = self.insight.answers.answers if self.insight and self.insight.answers else ()
        pictures = [answer.picture for answer in answers if answer.picture]
        if pictures:
            self._began = number % len(pictures)
            picture = pictures[self._began]
            self.canvas, self.so_far = Canvas(picture.size, picture.dots), []
            self._changed()

    def _changed(self) -> None:
        self.redraw()
        self.post_message(self.WantsChanged())

    def draw_data(self, width: int, height: int) -> list[Row]:
        if self.canvas is None:
            return []
        self.subtitle = [(" · paint on the picture", "plain")]
        tried = self.insight.tried if self.insight else None
        return draw_painted(self.canvas, tried, self.so_far, width, height)

    # Keys and mouse

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        if self.canvas:
            self.canvas.move(down, right)
            self.redraw()

    def action_paint(self) -> None:
        """Draw the dot at the cursor, or take it away."""
        if self.canvas:
            self.canvas.paint(not self.canvas.is_drawn())
            self._changed()

    def action_another(self) -> None:
        """Begin with another picture."""
        self._begin(self._began + 1)

    def action_clear(self) -> None:
        """An empty picture."""
        if self.canvas:
            self.canvas.clear()
            self._changed()

    def action_undo(self) -> None:
        """Take back what was painted last."""
        if self.canvas and self.canvas.undo():
            self._changed()
        else:
            self.say("Nothing has been painted that could be taken back.")

    def _point(self, x: int, y: int) -> bool:
        """The cursor to the dot in that cell of the panel, if there is one."""
        if self.canvas is None:
            return False
        room = room_for_picture(self.size.width - 2, self.size.height - 1)
        dot = Scale.that_fits(self.canvas, *room).dot_at(x - 1, y - 1)
        if dot:
            self.canvas.go_to(*dot)
        return dot is not None

    def on_mouse_down(self, event: MouseDown) -> None:
        if self._point(event.x, event.y) and self.canvas:
            self.capture_mouse()
            self._drawing = not self.canvas.is_drawn()
            self.canvas.paint(self._drawing)
            self._changed()

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._drawing is not None and self._point(event.x, event.y) and self.canvas:
            self.canvas.paint(self._drawing)
            self._changed()

    def on_mouse_up(self, event: MouseUp) -> None:
        self._drawing = None
        self.release_mouse()
