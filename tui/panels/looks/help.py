"""What the help says of the grid of attention."""

HELP = """\
**Looks.** Where the network looks in the source while it writes each sign of a translation that it is never trained
on: a row for each sign, a column for each letter of the source. Each row is shaded by its own largest share, which
stands at the right: the shares themselves are small. The bar beside a sign is its chance, *most* the largest share. It
isn't an alignment: what is largest needn't be the word that is meant, and the memory has the source, too. Without
attention there is nothing to look at: the grid then shows gradient × input, how much a little more of a letter would
have raised (orange) or lowered (blue) the sign's log-probability, in nats; the word that is meant has the largest in
six to eight of ten. `↑` and `↓` show another sentence, `e` only those that come out wrong."""
