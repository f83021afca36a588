"""What the help says of the error going back, in a few honest sentences."""

HELP = """\
**Error.** Training sends the error backwards, from the end of the window to its start. ∂L/∂h is how much the loss
would change if the memory at that place changed. For the last character alone it fades with every step back: that is
the vanishing gradient, and the reason why this network hardly learns what lies far apart. The axis is logarithmic:
equal heights are equal factors. `Wxh` are the weights from characters to memory, `Whh` from memory to memory, `Why`
from memory to guesses; `bh` and `by` are added to memory and guesses. *Clipped* is the share of gradient entries
beyond ±5, *largest* the largest entry before clipping, *update/weight* (upd/w) the length of the update by that of
the matrix (about 0.001 is usual), *rate left* what Adagrad's growing sums have left of the learning rate (the median
entry). *Saturated* units pass less than 6 % of the error back. The curves over the run are recorded while the panel
is open; *reach* is the share of the last character's error that is felt at the window's start. With `Enter`, or in a
larger terminal, there are more of them."""
