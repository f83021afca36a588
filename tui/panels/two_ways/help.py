"""What the help says of the two ways."""

HELP = """\
**Two ways.** A translation that the network is never trained on, written in two ways. *told*: each sign is guessed
after the right ones before it, as in training; a wrong guess harms nobody. *alone*: each sign is guessed after those
that the network has written itself, as when it is used; what is wrong stays, and what follows has to fit it. ▲ is the
first sign that isn't right when it writes alone. Signs that are wrong are underlined. The bars are the chance of each
right sign, told those before it. `↑` and `↓` show another sentence, `e` only those that come out wrong."""
