"""What the help says of a step that is told, in a few honest sentences."""

HELP = """\
**One step.** Pause with `space`, then `n`: one training step is made, and told in eight phases with its real
numbers. `n` goes on, `N` back; the panels that a phase is about are marked. The step is a step like any other: training
goes on from it exactly as if it hadn't been told."""
