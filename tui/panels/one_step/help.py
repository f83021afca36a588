"""What the help says of a step that is told, in a few honest sentences."""

HELP = """\
**One step.** Pause with `space`, then `n`: one training step is made, and told in eight phases with its real numbers,
on a drawing of the network, unrolled: characters come in below, each makes a new memory of the one before, and each
memory makes a guess above. What a phase is about is lit, and its equation stands above with the shapes of everything
in it. A memory's colours are its units, orange for +1, blue for −1; as many as fit, those that vary most. `n` goes on,
`N` back, `←` and `→` along a window that has no room; the panels that a phase is about are marked. A network with
gates is told by its own equations; of several layers it is the last, of several streams the first. The step is a step
like any other: training goes on from it exactly as if it hadn't been told."""

OF_EXAMPLES = """\
**One step.** Pause with `space`, then `n`: one training step is made, and told in eight phases with its real numbers,
on a drawing of the network, unrolled. Its form is that of the task: a sentence comes in and a label is said at the end
(many to one); a picture comes in at every step and a text is said (one to many); a source comes in, and after GO a
translation is said up to its END (many to many). Where nothing stands above a memory nothing is to be said. Of the
batch it is the first example. What a phase is about is lit, and its equation stands above with the shapes of everything
in it. `n` goes on, `N` back, `←` and `→` along an example that has no room. The step is a step like any other."""
