"""What the help says of the memory, in a few honest sentences."""

HELP = """\
**Memory.** The hidden state: one bar for each unit, from −1 (empty) over 0 (half) to +1 (full); after a reset all are
half full. Grey units are saturated, nearly −1 or +1: hardly any error flows back through them, but by a gate. Most
units of a trained classic network are. An LSTM carries two vectors: h, what its units say, and its cell, what they
hold (shown as tanh c, which is what h is made of); `g` changes between them. `L` goes to the next layer. A memory may
*tick*: with a large learning rate most of what it does is a cycle of two to eight characters that ignores the text. The
share is how like the memory is to itself one cycle later, over 800 characters of the text's beginning, read anew: a
text that is read from an empty memory begins at another place of the cycle. With a rate of 0.03, or with gates, there
is no clock."""
