"""`python -m casework.migrations TITLE`: draft the next step."""

import sys

from casework.migrations.run import draft

draft(sys.argv[1])
