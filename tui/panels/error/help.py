"""What the help says of the error going back, in a few honest sentences."""

HELP = """\
**Error.** Training sends the error backwards, from the end of the window to its start. ∂L/∂h is how much the loss
would change if the memory at that place changed. For the last character alone it fades with every step back: that is
the vanishing gradient, and the reason why this network hardly learns what lies far apart. One window says little: the
line is the median of the windows seen since the panel was opened (the last 200), the band holds eight in ten of them,
⠶ is this window, and the thin line is the error of all its characters together (not beside other runs). Of an LSTM a
line of its own shows the way back through the cell, ∂L/∂c. Runs that are compared with have dashes, where their
networks were saved: the median over up to 48 windows of this text. The axis is logarithmic: equal heights are equal
factors. `Wxh` are the weights from characters to memory, `Whh` from memory to memory, `Why` from memory to guesses;
`bh` and `by` are added to memory and guesses. In a network with gates a matrix has the rows of all its gates, `bhn` is
a GRU's bias within reach of its reset gate, and a second layer's names end in 2; the picture is of the last layer.
*Clipped* is the share of gradient entries that clipping changes, *largest* the largest entry before clipping, *moved
by* the length of the update by that of the matrix (about 0.1% is usual), *typical rate* the median over its entries of
the learning rate divided by the root of the sum of squared gradients: Adagrad's rate (other optimizers divide by a
mean), larger than the one that was set at first, then ever smaller. *Saturated* units pass less than 6% of the error
back, but by a gate; all memories of the window are counted. The curves over the run are recorded while the panel is
open; *reach* is the share of the last character's error that is felt at the window's start. `d` shows every matrix
over the run."""

OF_EXAMPLES = """\
**Error.** Training sends the error backwards through the example, the first one of the last batch. ∂L/∂h is how much
the loss would change if the memory at that place changed, with the weights as they are now. The thick line is the error
of what was said last alone: a label's decision, or the END of a text. How it fades with every step back is the
vanishing gradient, and the reason why what was read first is hard to learn. With attention it doesn't only fade: a part
goes straight to what the network looked at. The thin line is the error of all that is said. Of an LSTM a line of its
own shows the way back through the cell, ∂L/∂c. The axis is logarithmic. `Wxh` are the weights from signs to memory,
`Whh` from memory to memory, `Why` from memory to guesses, `Wph` from the picture to memory, `Wcy` from what attention
sees to guesses; `bh` and `by` are added. *Clipped* is the share of gradient entries that clipping changes, *largest*
the largest entry before clipping, *moved by* the length of the update by that of the matrix, *typical rate* the median
over its entries of the rate that the optimizer has for them. The curves over the run are recorded while the panel is
open; *reach* is the share of the last error that is felt at the start. `d` shows every matrix over the run."""
