"""What the help says of a text that somebody types."""

HELP = """\
**Read my text.** Type, or paste, or bring in a file at the cursor (Ctrl+O, its first 10,000 characters): the network
reads along with the weights as they are now, from an empty memory, after a line end. Each character is shaded by the
chance it gave it; the bar above is what it cost, in bits, amber from 9 bits on; the strip below is one unit of the
last layer, orange above 0 and blue below, the one that was chosen in Neurons (PageUp and PageDown take another). At
the cursor stand the five best guesses for what comes: Tab takes the first, 1 to 5 one of them (Alt+1 to Alt+5 where
the text that is learnt has digits, which you may want to type), so you write together with the network. Below: bits
per character of all so far, up to each place, beside what the held-out text costs, and where it was most surprised.
Characters it has never read are named and left out. The memory is the one at the cursor. While the network trains all
of it changes: pause before you come here, if it shall stand still. Nothing that you type is learnt. Esc leaves, and
what you typed stays."""
