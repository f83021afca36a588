"""What the help says of the confusion."""

HELP = """\
**Confusion.** Of the examples that are never trained on (of many 512, spread over all) how many of each label get
which: a row for what is right, a column for what the network says. On the diagonal ✓ it is right, elsewhere ✗ it
isn't. A cell is shaded by its share of its row. Of many labels
those are shown that are confused most. Of a built-in set the bars say what is right of each kind of sentence."""
