"""The entry for web servers: `gunicorn wsgi:app`, and for the command line: `flask --app wsgi portal`."""

import sys

from portal.app import create_app
from portal.kernel.errors import ConfigurationError

try:
    app = create_app()
except ConfigurationError as refusal:
    sys.exit(f"The portal does not start: {refusal}")
