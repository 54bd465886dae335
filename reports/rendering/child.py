"""The process that makes PDFs: `python -m reports.rendering.child FOLDER`, started by `pdf.py`. No Django.

It loads WeasyPrint and the fonts once and then forks a fresh copy of itself for every paper. So no two papers
ever share a render (WeasyPrint mixes texts up between threads), each has limits of its own, and a render that
dies takes nothing with it. Standard input is a socket over which the parent passes one connection per paper;
when the parent is gone it reads end-of-file, removes the folder (copies of the fonts) and ends.
"""

import base64
import gc
import json
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile

from reports.rendering.engine import Engine
from reports.rendering.wire import STARTED, read, write

POLL_SECONDS = 5
MOST_AT_ONCE = 4


def main(folder):
    tempfile.tempdir = folder
    engine = Engine()
    engine.warm_up()
    gc.collect()
    gc.disable()  # a collection in mid-render costs a fifth of the time, and a fork does not live long
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server; we end when it does
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as control:
        control.settimeout(POLL_SECONDS)
        serve(control, engine)
    shutil.rmtree(folder, ignore_errors=True)


def serve(control, engine):
    parent, running = os.getppid(), set()
    while os.getppid() == parent:
        reap(running, wait=len(running) >= MOST_AT_ONCE)
        try:
            message, handles, _, _ = socket.recv_fds(control, 1, 1)
        except TimeoutError:
            continue
        if not message:
            return
        with socket.socket(fileno=handles[0]) as connection:
            running.add(fork(connection, control, engine))


def reap(running, *, wait):
    while running:
        pid, _ = os.waitpid(-1, 0 if wait else os.WNOHANG)
        if not pid:
            return
        running.discard(pid)
        wait = False


def fork(connection, control, engine):
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        control.close()
        connection.settimeout(None)
        connection.sendall(STARTED)
        answer(connection, engine)
        status = 0
    finally:
        os._exit(status)  # no clean-up: the fonts' folder belongs to the process we were forked from


def answer(connection, engine):
    with connection.makefile("rwb") as stream:
        job = json.loads(read(stream))
        limit(job["seconds"], job["bytes"])
        images = {name: base64.b64decode(content) for name, content in job["images"].items()}
        try:
            files = [(name, base64.b64decode(content), day) for name, content, day in job["files"]]
            pdf, errors = engine.render(job["html"], job["template"], images, files)
        except Exception as error:
            pdf, errors = b"", [f"{type(error).__name__}: {error}"[:300]]
        used = resource.getrusage(resource.RUSAGE_SELF)
        told = {"errors": errors, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss}
        write(stream, json.dumps(told).encode())
        write(stream, b"" if errors else pdf)


def limit(seconds, size):
    """CPU, memory and, by an alarm that nobody handles, the clock on the wall."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(2 * seconds)


if __name__ == "__main__":
    main(sys.argv[1])
