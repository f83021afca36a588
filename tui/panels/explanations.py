"""What every panel shows, in a few honest sentences: for the help page, and for `?` in a panel."""

EXPLANATIONS = {
    "loss": """\
**Loss.** The line is the smooth loss. The grey band runs from the cheapest to the dearest single window in each
column, so no spike is hidden; ▲ means that it goes on above the chart. *Even guessing* is what a network pays that
knows only how many symbols there are; *single letters* what one pays that knows how frequent each is; *letter pairs*
one that knows the letter before; *gzip* and *xz* what these programs make of the text. With `--held-out` a line of
its own shows what a part of the text costs that is never trained on. ▼ a new learning rate, ◆ the memory was reset, ↺
a new epoch (left out when there are too many), ↻ a restart, ↶ somebody went back, ! the loss has climbed to 1.5 times
its best, ✕ it is no longer a number. The faint line is what was given up by going back (`u`, `b`) or starting again
(`R`). With `←` and `→` or a click a cursor tells the step, its losses, its learning rate, and what a mark means. `m`
changes the unit, `l` the axis, `x` has steps or time across; `z` and `Z` or the wheel zoom, `shift+←` and `shift+→`
or dragging moves what is shown, `v` shows the last tenth of the run and stays with it.""",
    "window": """\
**Window.** The inputs stand above their targets: each target is the next input. The stronger a target's shade and the
higher the bar under it, the more probable the network thought it. *next* lists its five best guesses for the last
place; ✓ marks the character that came, if it is among them. In training at full speed a window stays
half a second, so that it can be read; its title says which step it is from. *…20* says that 20 characters before
these have no room.""",
    "memory": """\
**Memory.** The hidden state: one bar for each unit, from −1 (empty) over 0 (half) to +1 (full); after a reset
all are half full. Grey units are saturated, nearly −1 or +1: hardly any error flows back through them. Most
units of a trained network are.""",
    "sample": """\
**Sample.** What the network writes by itself, drawn before the first step and then every 100 steps, and held long
enough to be read. Earlier samples are below: scroll with the mouse, or Tab to the panel and use the arrows.
Of many, fewer and fewer old ones are kept, but the first always.""",
    "xray": """\
**X-ray.** One character under the cursor: what the network expected there, best guess first, with the probability of
each; the one that came is ticked, and its number says how many guesses it would have taken. Its cost is −log2 of its
probability, in bits: sure and right costs nothing, sure and wrong costs much. The costs of the window's characters add
up to its loss. *Memory moved* is the distance between the memory before and after the character before it was read.
The window is seen as its training step saw it. The sample is read again from an empty memory with the weights of now,
so its figures show what the network thinks today of what it wrote then. Its first character isn't there: nothing was
read before it.""",
    "neurons": """\
**Neurons.** Each row is a unit of the memory, each column a character of the window: orange is towards +1, blue
towards −1, a dot marks a saturated unit. The window and the newest sample below are coloured by the chosen unit. What a
unit follows is the largest of its correlations with things that have a name (inside quotes, place in the line, after a
space, capitals …) over the last 2,000 characters; below 0.4 nothing is said. A correlation is a hint: with a hundred
units some always fit a little, and most units follow nothing that has a name.""",
    "error": """\
**Error.** Training sends the error backwards, from the end of the window to its start. ∂L/∂h is how much the loss
would change if the memory at that place changed. For the last character alone it fades with every step back: that is
the vanishing gradient, and the reason why this network hardly learns what lies far apart. The axis is logarithmic:
equal heights are equal factors. `Wxh` are the weights from characters to memory, `Whh` from memory to memory, `Why`
from memory to guesses; `bh` and `by` are added to memory and guesses. *Clipped* is the share of gradient entries
beyond ±5, *largest* the largest entry before clipping, *update/weight* (upd/w) the length of the update by that of
the matrix (about 0.001 is usual), *rate left* what Adagrad's growing sums have left of the learning rate (the median
entry). *Saturated* units pass less than 6 % of the error back. The curves over the run are recorded while the panel
is open; *reach* is the share of the last character's error that is felt at the window's start. With `Enter`, or in a
larger terminal, there are more of them.""",
    "one_step": """\
**One step.** Pause with `space`, then `n`: one training step is made, and told in eight phases with its real
numbers. `n` goes on, `N` back; the panels that a phase is about are marked. The step is a step like any other: training
goes on from it exactly as if it hadn't been told.""",
    "lab": """\
**Lab.** Above: what the network writes now, greedy (always its best guess), at 0.5, at 1 and at the run's own
temperature, which `t` and `T` change. It always begins with an empty memory, the same beginning (`i` types one, `c`
clears it) and the same random numbers, so that a change in the text means that the network has changed. Below: every
sample that has been kept, along a line from step 0 to now (`←`, `→`, a click): how it learned to write. Underlined is
what stands in the text word for word, longer than chance would have it; common phrases are too, so it is no proof of
learning by heart.""",
}
