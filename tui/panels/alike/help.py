"""What the help says of places with a memory alike."""

HELP = """\
**Alike.** Where else in the text does the memory look like at the place that was marked in the X-ray (`f`, then Enter)?
The text, or 200,000 characters from all over it, is read with the weights of the moment of the question; the ten places
with the nearest memories stand on one side, on the other the ten nearest at which *another* character was read last.
Memories differ most by the last character, so it is the second list that shows what else there is in them: a name, the
place in a line, what must come next. Below each list stands what its places share with the marked one, beside what is
usual: the same for places of the text that share as many last characters with it. Memories are compared along the 32
axes along which they differ most. Nothing of training is touched."""
