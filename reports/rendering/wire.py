"""How `pdf.py` and `child.py` talk: messages with their length in front. No Django, no WeasyPrint."""

import struct

STARTED = b"S"  # sent by the fork: from here on a lost connection is the paper's fault, not the process's
LENGTH = struct.Struct("!Q")


def write(stream, content):
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read(stream):
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream, length):
    content = stream.read(length)
    if len(content) < length:
        raise ConnectionError("the other side ended in mid-message")
    return content
