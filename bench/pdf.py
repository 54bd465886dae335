"""The PDF of a nine-page report with 60 table rows and 4 photographs, against Chromium printing the same HTML."""

import os
import resource
import subprocess
import tempfile
from pathlib import Path

from bench.progress import tell

RUNS = 5
AIM = 0.9
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
]  # fmt: skip


def compare():
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from reports.rendering.html import render_html
    from reports.rendering.pdf import render_measured
    from reports.tests.papers import images, long_paper

    paper, pictures = long_paper(), images()
    render_measured(paper, images=pictures)  # warm: the server of children has started
    tell(f"the PDF, {RUNS} times, and Chromium's")
    ours, theirs = [], []
    html = render_html(paper, images=pictures)
    for _ in range(RUNS):
        ours.append(render_measured(paper, images=pictures).cpu_seconds)
        theirs.append(_chromium(html))
    ratio = min(ours) / min(theirs)
    print(f"PDF {min(ours):.2f} s, Chromium {min(theirs):.2f} s CPU: 비율 {ratio:.2f}, 목표 {AIM}")


def _chromium(html):
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if not pdf.read_bytes().startswith(b"%PDF"):
            raise SystemExit("Chromium made no PDF.")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
