"""What the help says of the picture."""

HELP = """\
**Picture.** A picture whose description the network is never trained on, and what it writes of it, shaded by the chance
of each letter; ✓ is the same as a person's description to the last letter, ✗ is not: letters that differ are
underlined, and what would be right stands below. `↑` and `↓` show another picture."""
