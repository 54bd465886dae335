import sys
import time

STARTED = time.monotonic()


def tell(what):
    """How far it came; on stderr, where it does not disturb the figures."""
    print(f"[{time.monotonic() - STARTED:4.0f} s] {what}", file=sys.stderr, flush=True)
