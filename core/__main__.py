"""`python -m charrnn.core` is `charrnn`."""

import sys

from .cli.commands.main import main

sys.exit(main())
