"""`python -m charrnn.tui` is `charrnn-tui`."""

import sys

from .cli import main

sys.exit(main())
