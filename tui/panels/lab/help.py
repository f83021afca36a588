"""What the help says of the sample lab, in a few honest sentences."""

HELP = """\
**Lab.** Above: what the network writes now, greedy (always its best guess), at 0.5, at 1 and at the run's own
temperature, which `t` and `T` change. It always begins with an empty memory, the same beginning (`i` types one, `c`
clears it) and the same random numbers, so that a change in the text means that the network has changed. Below: every
sample that has been kept, along a line from step 0 to now (`←`, `→`, a click): how it learned to write. Underlined is
what stands in the text word for word, longer than chance would have it; common phrases are too, so it is no proof of
learning by heart."""
