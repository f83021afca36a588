"""What the help says of the chart, in a few honest sentences."""

HELP = """\
**Loss.** The line is the smooth loss. The grey band runs from the cheapest to the dearest single window in each
column, so no spike is hidden; ▲ means that it goes on above the chart. *Even guessing* is what a network pays that
knows only how many symbols there are; *single letters* what one pays that knows how frequent each is; *letter pairs*
one that knows the letter before; *gzip* and *xz* what these programs make of the text. With `--held-out` a line of
its own shows what a part of the text costs that is never trained on. ▼ a new learning rate, ◆ the memory was reset, ↺
a new epoch (left out when there are too many), ↻ a restart, ↶ somebody went back, ! the loss has climbed to 1.5 times
its best, ✕ it is no longer a number. The faint line is what was given up by going back (`u`, `b`) or starting again
(`R`). With `←` and `→` or a click a cursor tells the step, its losses, its learning rate, and what a mark means. `m`
changes the unit, `l` the axis, `x` has steps or time across; `z` and `Z` or the wheel zoom, `shift+←` and `shift+→`
or dragging moves what is shown, `v` shows the last tenth of the run and stays with it."""
