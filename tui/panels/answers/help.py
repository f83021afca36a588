"""What the help says of the answers."""

HELP = """\
**Answers.** What the network says now of some examples that it is never trained on, always the same ones: ✓ is right, ✗
is wrong. A label is told with its chance, and its text is shaded by how likely the right label seems after each
character. A text that is written is shaded by the chance of each sign; signs that are wrong are underlined, and what
would be right stands behind *for*. `↑` and `↓` scroll; `e` lists those that are wrong of all that are measured."""
