"""What the help says of the samples, in a few honest sentences."""

HELP = """\
**Sample.** What the network writes by itself, drawn before the first step and then every 100 steps, and held long
enough to be read. Earlier samples are below: scroll with the mouse, or Tab to the panel and use the arrows.
Of many, fewer and fewer old ones are kept, but the first always."""
