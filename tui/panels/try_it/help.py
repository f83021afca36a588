"""What the help says of trying something of one's own."""

HELP = """\
**Try it.** Type a sentence, and see what the network makes of it with every letter: with the weights it has at this
moment, while it trains or is paused. Characters that it has never read are named and left out. `Enter` keeps what
stands there to be compared with, with the step at which it was said; `↑` and `↓` bring it back; `Esc` leaves. It knows
only what its examples were like: whatever you type, it says something."""
PAINT_HELP = """\
**Try it.** Paint on the picture, and see the description change with every dot: with the weights that the network has
at this moment, while it trains or is paused. Arrows move, `space` paints a dot or takes it away, and so does the mouse,
also dragged; `n` takes another picture that the network has never learnt, `c` clears, `u` takes back what was painted
last, `Esc` leaves. The network knows only what its pictures were like: whatever you paint, it describes one of
these."""
