"""What the help says of the neurons, in a few honest sentences."""

HELP = """\
**Neurons.** Each row is a unit of the memory, each column a character of the window: orange is towards +1, blue
towards −1, a dot marks a saturated unit. The window and the newest sample, read again from an empty memory, are
coloured below by the chosen unit. What a unit follows is the largest of its correlations with things that have a name
(inside quotes, place in the line, after a space, capitals …) over the last 2,000 characters; below 0.4 nothing is
said. A correlation is a hint: with a hundred units some always fit a little, and most units follow nothing that has a
name. Where units have gates, `g` goes from h to the cell and to each gate: the lighter its blue, the more it is open
(in light themes, the darker). An open *forget* or *update* gate keeps what the unit has; shut, it drops it. `L` goes
to the next layer. `/` takes a regular expression, and names the units and gates that follow its matches: how often
they are higher there than elsewhere, found on one half of the text and confirmed on the other. `c` holds the chosen
unit at its low, its mean, its high (quantiles of what it does in pieces from all over the text; of an LSTM its cell),
in a copy of the network: you see what characters cost then where the unit is active, which is where it is nearer to
the rarer of its two ends, and elsewhere, how that compares with holding any other unit, and what the network writes,
by the same random numbers. Few units have a role of their own; most of what a memory knows is spread out, and holding
one unit costs next to nothing."""

OF_EXAMPLES = """\
**Neurons.** Each row is a unit of the memory, each column a character of the first example of the last batch: orange is
towards +1, blue towards −1, a dot marks a saturated unit. It and the example that is chosen in the other panels, which
isn't learnt, are coloured by the chosen unit below. ▷ is GO: after it something is written. What units follow is worked
out for texts only. Where units have gates, `g` goes from h to the cell and to each gate: the lighter its blue, the more
it is open (in light themes, the darker). An open *forget* or *update* gate keeps what the unit has; shut, it drops it.
`L` goes to the next layer."""
