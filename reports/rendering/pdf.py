"""A Paper as PDF (PDF/A-2a and PDF/UA-1 at once), made in a child process with limits; see `child.py`.

Call it outside any transaction: a long paper takes seconds.
"""

import atexit
import base64
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections import namedtuple

from django.conf import settings

from reports.rendering import fonts
from reports.rendering.errors import RenderError
from reports.rendering.html import image_ids, image_of, image_type, render_html, render_print
from reports.rendering.wire import STARTED, read, write

log = logging.getLogger(__name__)

HANDED_ON = ("PATH", "LANG", "HOME", "TMPDIR", "PAPER_FONTS")  # no key and no password reaches the child
CPU_SECONDS = 120
QUEUE_SECONDS = 300  # for the start of the child and for the papers before ours
PATIENCE_SECONDS = 5
MEMORY_BYTES = 1536 * 1024 * 1024
FAILED = "PDF를 만들지 못했습니다. 잠시 뒤 다시 시도하고, 되풀이되면 시스템 담당자에게 알려 주세요."
TOO_MUCH = "문서가 너무 크거나 복잡하여 PDF를 만들지 못했습니다. 사진이나 표를 줄여 다시 시도해 주세요."

Rendered = namedtuple("Rendered", "pdf cpu_seconds peak_kib")


def render_pdf(paper, *, images, files=()):
    """The bytes of the PDF; the same paper gives the same bytes. `images` maps sha256 to bytes.

    `files` are PDFs of this module, [(name, bytes)], that are carried inside: PDF/A-2 takes PDF/A alone.
    """
    return render_measured(paper, images=images, files=files).pdf


def render_both(paper, *, images, files=()):
    """(HTML, PDF) of one and the same tree."""
    return render_html(paper, images=images), render_pdf(paper, images=images, files=files)


def render_measured(paper, *, images, files=()):
    used = {sha256: image_of(images, sha256) for sha256 in sorted(image_ids(paper))}
    for content in used.values():
        image_type(content)
    carried = [(f"{name}.pdf", content, _day(paper)) for name, content in files]
    return convert(render_print(paper), paper.template, used, carried)


def _day(paper):
    """The day that the files inside bear: that of the decision, so that the bytes stay the same."""
    day = paper.header.approved_on if paper.header else None
    return day.isoformat() if day else "2020-01-01"


def convert(html, template, images, files=(), *, seconds=CPU_SECONDS, size=MEMORY_BYTES):
    """HTML to PDF in the child. RenderError, with a message for the user, if it fails in any way."""
    job = {
        "html": html,
        "template": template,
        "images": {name: base64.b64encode(content).decode() for name, content in images.items()},
        "files": [[name, base64.b64encode(content).decode(), day] for name, content, day in files],
        "seconds": seconds,
        "bytes": size,
    }
    head, pdf = _ask(json.dumps(job).encode(), seconds)
    if head["errors"]:
        log.error("render failed: %s", "; ".join(head["errors"]))
        raise RenderError(FAILED)
    return Rendered(pdf, head["cpu"], head["peak"])


def _ask(job, seconds):
    process, started = None, False
    for _attempt in (1, 2):
        connection, process = _server.connect(instead_of=process)
        with connection, connection.makefile("rwb") as stream:
            connection.settimeout(QUEUE_SECONDS)
            try:
                started = stream.read(1) == STARTED
                if started:
                    connection.settimeout(3 * seconds)  # it ends itself sooner: see limit() in child.py
                    write(stream, job)
                    return json.loads(read(stream)), read(stream)
            except OSError:
                log.exception("render: connection lost")
        if started:
            break  # the paper itself killed it; otherwise the child died before it took the job: once more
    log.error("render failed: the child was killed" if started else "render failed: no child process")
    raise RenderError(TOO_MUCH if started else FAILED)


class _Server:
    """The one child of this process, started at the first render and again after a fork or its death."""

    def __init__(self):
        self.lock = threading.Lock()
        self.process = self.control = self.owner = None
        self.folders = []

    def connect(self, *, instead_of=None):
        """One end of a new connection, whose other end goes to the child; and the child."""
        with self.lock:
            if self._is_gone() or self.process is instead_of:
                self._start()
            ours, theirs = socket.socketpair()
            with theirs:
                try:
                    socket.send_fds(self.control, [b"1"], [theirs.fileno()])
                except OSError:
                    # The caller reads end-of-file and tries once more.
                    log.exception("render: the child does not take jobs")
            return ours, self.process

    def stop(self):
        """End the child; a render that is under way goes on in its own fork."""
        with self.lock:
            if self.owner == os.getpid():
                self._end()
                for folder in self.folders:
                    shutil.rmtree(folder, ignore_errors=True)
            self.process = self.control = self.owner = None
            self.folders = []

    def _is_gone(self):
        return self.owner != os.getpid() or self.process.poll() is not None

    def _end(self):
        self.control.close()
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self):
        fonts.check()
        if self.owner == os.getpid():
            self._end()
        else:
            self.folders = []  # those of the process that we were forked from
        # A fork of a dead child may still read its fonts, so the folders are removed at the end only.
        self.folders.append(tempfile.mkdtemp(prefix="paper-fonts-"))
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter and folder
                [sys.executable, "-m", "reports.rendering.child", self.folders[-1]],
                stdin=theirs,
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in HANDED_ON if name in os.environ},
            )
        self.owner = os.getpid()


_server = _Server()
atexit.register(_server.stop)
