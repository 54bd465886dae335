"""One site in one process: answers each line on stdin (a number of rounds) with its figures as JSON."""

import json
import sys
from importlib import import_module

from bench.progress import tell


def main():
    site = import_module(f"bench.{sys.argv[1]}")
    from django.conf import settings
    from django.test import Client

    from bench.measuring import measure

    tell(f"{sys.argv[1]}: loading its rows")
    user = site.prepare()
    client = Client(SERVER_NAME="127.0.0.1")
    if user:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    pages = site.pages(client)
    tell(f"{sys.argv[1]}: ready")
    for line in sys.stdin:
        print(json.dumps({name: measure(page, int(line)) for name, page in pages.items()}), flush=True)


main()
