"""Start with ``python -m backoffice.serving``."""

import sys

from backoffice.serving.starting import main

sys.exit(main())
