"""`python -m charrnn.core.cli` is `charrnn`."""

import sys

from .main import main

sys.exit(main())
