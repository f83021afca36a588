"""What the help says of rivals."""

HELP = """\
**Side by side.** Other networks that are trained on the same text at the same time, each on a core of its own where \
there are so many: up to three. `c` starts one: type what is to be different, as `--cell gru` or `--learning-rate 0.01 \
--streams 16`; or begin the program with `--rival "--cell gru"`. All else is as in this run. A rival begins at step 0 \
when it is started: the last rows compare all of them at equal characters, at equal steps and after an equal time, \
there where the one that is behind is now. The better figure stands out, ★ is the best measurement of all. Loss draws \
rivals like other runs, along steps, time or characters (`x`).

Pausing holds them, too, and they stay held while you make single steps. Whatever else you do to this run (its rate, a \
reset, undo, its speed) isn't done to them. When this run ends, or is left for another, they end as well and are saved \
as runs of their own, unless it was begun with `--no-save`. `d` ends the newest of them."""
