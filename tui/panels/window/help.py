"""What the help says of the window, in a few honest sentences."""

HELP = """\
**Window.** The inputs stand above their targets: each target is the next input. The stronger a target's shade and the
higher the bar under it, the more probable the network thought it. *next* lists its five best guesses for the last
place; ✓ marks the character that came, if it is among them. In training at full speed a window stays
half a second, so that it can be read; its title says which step it is from. *…20* says that 20 characters before
these have no room."""
