"""One site in one process: answers each line on stdin (a number of rounds) with its figures as JSON."""

import json
import sys


def main():
    if sys.argv[1] == "floor":
        from bench import floor as site
    else:
        from bench import salpim as site
    from django.conf import settings
    from django.test import Client

    from bench.measuring import measure

    user = site.prepare()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    pages = site.pages(client)
    print(json.dumps(list(pages)), flush=True)
    for line in sys.stdin:
        print(json.dumps({name: measure(ask, int(line)) for name, ask in pages.items()}), flush=True)


main()
