"""How the hash of what is kept is made, in one place."""

import hashlib


def sha256(content):
    """Of a text or of bytes, as hex digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else bytes(content)).hexdigest()
