"""What the help says of the chart, in a few honest sentences."""

HELP = """\
**Loss.** The line is the smooth loss. In the grey band lie nine single windows in ten of each column; one far above it
is a dot, so no spike is hidden. Dashed lines are named at the right: *even guessing* is what a network pays that knows
only how many symbols there are; *single letters* what one pays that knows how frequent each is; *letter pairs* one
that knows the letter before; *gzip* and *xz* what these programs make of the text. ◂ shows where a line is now. With
`--held-out` a line of its own shows what a part of the text costs that is never trained on; ★ is its best: the state
there is kept beside the run's newest save. On the axis stand ▼ a new learning rate, ◆ the memory was reset, ↺ a new
epoch, ↻ a restart, ↶ somebody went back, ! the loss has climbed to 1.5 times its best, ✕ it is no longer a number. The
faint line is what was given up by going back (`u`, `b`) or starting again (`R`). With `←` and `→` or a click a cursor
tells the step, its losses, its learning rate, and what a mark means. `m` changes the unit, `l` the axis, `x` has
steps, time or characters read across; `z` and `Z` or the wheel zoom, `shift+←` and `shift+→` or dragging moves what is
shown, `v` shows the last tenth of the run and stays with it."""

OF_EXAMPLES = """\
**Loss.** The line is the smooth loss. In the grey band lie nine single batches in ten of each column; while the loss
falls the line lags behind them. *even guessing* is what a network pays that knows only what can be said. *held out* is
what examples cost that are never trained on, measured every 1,000 steps; ★ is the best: the state there is kept beside
the run's newest save. `m` changes the unit: after bits it shows how many answers are *right*, of what is held out and
of as many that are learnt, beside those that are right without reading: the most frequent label, and counting words.
`l` changes the axis, `x` has steps or time across; with `←` and `→` or a click a cursor tells the figures of a step;
`z` and `Z` or the wheel zoom, `shift+←` and `shift+→` or dragging moves what is shown, `v` shows the last tenth of the
run and stays with it. The faint line is what was given up by going back (`u`, `b`) or starting again (`R`)."""
