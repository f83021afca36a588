"""What the help says of the places."""

HELP = """\
**Places.** Where in a translation the network is right, of all that is measured and never trained on. *start*, *middle*
and *end* are the thirds of a sentence, as it writes alone: without attention the whole source has to go through one
memory, and what was read first is forgotten first. Once `a` has started the run again the other way, the figures it
reached before stand below, in grey. Below that the share of signs that are right, place by place: *told* the right
signs before it, and *alone* after its own; the difference is what one wrong sign does to those that follow."""
