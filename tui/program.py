"""What the program is called, and how much it takes: known before anything large is loaded."""

PROGRAM = "charrnn-tui"
MOST_RIVALS = 3  # that train at the same time
MOST_COMPARED = 6  # runs that can be told apart in one chart
