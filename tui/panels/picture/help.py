"""What the help says of the picture."""

HELP = """\
**Picture.** A picture whose description the network is never trained on, and what it writes of it, shaded by the chance
of each letter. ✓ is the same as a person's description to the last letter, ✗ is not: letters that differ are
underlined, and what would be right stands below. `←` and `→` choose a word: its *chance* is that of all its letters,
*blank* the chance that is left where the patch that matters most is made blank, three dots wide and high. The picture
is shaded by how much each patch matters for the word: where it is brightest, the word depends on it most. That is found
by covering, not by gradients, and holds for most features, not for all. `↑` and `↓` show another picture, `e` only
those that are wrong."""
