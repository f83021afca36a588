"""What the help says of the X-ray, in a few honest sentences."""

HELP = """\
**X-ray.** One character under the cursor: what the network expected there, best guess first, with the probability of
each; the one that came is ticked, and its number says how many guesses it would have taken. Its cost is −log2 of its
probability, in bits: sure and right costs nothing, sure and wrong costs much. The costs of the window's characters
add up to its loss. *Memory moved* is the distance between the memory before and after the character before it was
read. The window is seen as its training step saw it. The sample is read again from an empty memory with the weights
of now, so its figures show what the network thinks today of what it wrote then; where the memory ticks, it may land
in another phase than it was written in. Its first character isn't there: nothing was read before it. *Caused*: who
made the network guess what it guessed there? Each character of the window, or of the sample, before it is replaced by
five others (two that were likely there, two frequent ones, and the mean of all); the bar is by how much the guess's
log-probability falls, on one scale from 0.01 to 10 nats, by powers of ten: amber for the guess, grey against it. All
is read again, with the weights as they are now, the window from the memory that it began with. A character counts
from 0.1 nats on; *reach* is how far back the farthest of those is. In a network so large that it would take long,
only near characters are asked about, or none; of the sample the last 40. In a pause `f` marks the place at the
cursor; Enter then shows where else in the text the memory looks like there, and Esc takes the mark away."""

OF_EXAMPLES = """\
**X-ray.** One place under the cursor: what the network expected there, best guess first, with the probability of
each; the one that came is ticked. *learnt* is the first example of the last batch, as its training step saw it;
*unseen* is the example that is chosen in the other panels, as the network writes it now. Of a label the text is what
was read, and the guesses are its labels, a letter for each: what it would have said there. ▷ is GO, which asks for
the first sign, ■ is END. A cost is −log2 of the probability, in bits. *Memory moved* is the distance between the
memory before and after what was read before it. *Caused*, of sentences with a label: who made it guess that label
there? Each character before is replaced by the five most frequent ones; the bar is by how much the label's
log-probability falls, amber for it, grey against it, from 0.01 to 10 nats by powers of ten."""
