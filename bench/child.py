"""One site in one process: answers each line on stdin (a number of rounds) with its figures as JSON."""

import json
import sys

from bench.progress import tell


def main():
    if sys.argv[1] == "floor":
        from bench import floor as site
    else:
        from bench import salpim as site
    from django.conf import settings
    from django.test import Client

    from bench.measuring import measure

    tell(f"{sys.argv[1]}: loading its rows")
    user = site.prepare()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    pages = site.pages(client)
    tell(f"{sys.argv[1]}: ready")
    for line in sys.stdin:
        print(json.dumps({name: measure(page, int(line)) for name, page in pages.items()}), flush=True)


main()
