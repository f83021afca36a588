"""What the help says of the memory, in a few honest sentences."""

HELP = """\
**Memory.** The hidden state: one bar for each unit, from −1 (empty) over 0 (half) to +1 (full); after a reset
all are half full. Grey units are saturated, nearly −1 or +1: hardly any error flows back through them. Most
units of a trained network are."""
