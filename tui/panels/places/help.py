"""What the help says of the places."""

HELP = """\
**Places.** Where in a translation the network is right, of all that is measured and never trained on. *start*, *middle*
and *end* are the thirds of a sentence: the share in which every sign of the third is guessed right, told the right ones
before it, so that a wrong start isn't counted against what follows. Without attention the whole source has to go
through one memory, and much of it is lost on the way, what was read first above all. Once `a` has begun the run again
the other way, the figures it had reached stand below, in grey. Below that the share of signs that are right, place by
place: *told* the right signs before it, and *alone* after its own; the difference is what one wrong sign does to those
that follow."""
