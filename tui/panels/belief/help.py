"""What the help says of the belief."""

HELP = """\
**Belief.** A sentence that the network is never trained on, and what it would say after each of its characters. Of two
labels the sentence is the line of one half: the bars above it are the belief in one, those that hang below it in the
other. Of more labels each has a row, shaded by how likely it is. What moved the belief most is told below, by word.
What is said before the end counts little in training (`--early-weight`), but without it the belief would mean nothing
there. `↑` and `↓` show another sentence."""
