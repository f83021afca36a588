"""What a lesson may ask about: facts with a name, a number or yes or no, each read off what is shown now.

They say what the run and the panels are, never which key was pressed. How a lesson asks for them is in `conditions`.
"""

from .panel_facts import OF_PANELS
from .run_facts import OF_RUNS

FACTS = (*OF_RUNS, *OF_PANELS)
BY_NAME = {fact.name: fact for fact in FACTS}
