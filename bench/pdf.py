"""PDFs against Chromium printing the same HTML: nine pages with 60 table rows and 4 photographs, eighty, a letter."""

import os
import resource
import subprocess
import tempfile
from pathlib import Path

from bench.progress import tell

RUNS = {"9쪽 보고": 5, "표 없는 그 보고": 5, "80쪽 보고": 2, "시행문": 5}
AIM = 0.7  # of Chromium's, at nine pages
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
]  # fmt: skip


def compare():
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from reports.rendering.pdf import render_measured
    from reports.tests.papers import images, letter, long_paper

    papers = {
        "9쪽 보고": long_paper(),
        "표 없는 그 보고": without_tables(long_paper()),
        "80쪽 보고": long_paper(times=9),
        "시행문": letter(),
    }
    pictures = images()
    render_measured(papers["시행문"], images=pictures)  # warm: the server of children has started
    print(f"{'문서':<14}{'쪽':>4}{'PDF s':>8}{'한 쪽 ms':>9}{'메모리 MB':>10}{'Chromium s':>12}{'비율':>7}")
    for name, paper in papers.items():
        tell(f"{name}, {RUNS[name]} times, and Chromium's")
        _print(name, *_measured(paper, pictures, RUNS[name]))


def without_tables(paper):
    from dataclasses import replace

    return replace(paper, body=tuple(node for node in paper.body if not node.table))


def _measured(paper, pictures, runs):
    """(pages, peak memory in MB, least CPU seconds of ours, of Chromium)"""
    from pypdfium2 import PdfDocument

    from reports.rendering.html import render_html
    from reports.rendering.pdf import render_measured

    ours, theirs = [], []
    html = render_html(paper, images=pictures)
    for _ in range(runs):
        rendered = render_measured(paper, images=pictures)
        ours.append(rendered.cpu_seconds)
        theirs.append(_chromium(html))
    return len(PdfDocument(rendered.pdf)), rendered.peak_kib // 1024, min(ours), min(theirs)


def _print(name, pages, memory, ours, theirs):
    aim = f", 목표 {AIM}" if pages == 9 else ""
    each = ours / pages * 1000
    print(
        f"{name:<14}{pages:>4}{ours:>8.2f}{each:>9.0f}{memory:>10}{theirs:>12.2f}{ours / theirs:>7.2f}{aim}"
    )


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
