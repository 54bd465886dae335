"""Measure floor and project turn about, and print the ratios beside what is aimed at."""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from subprocess import PIPE

import psycopg2

from bench import pdf
from bench.progress import tell

TURNS, ROUNDS = 3, 40
PATIENCE = 480  # seconds, for one turn; before the first one its rows are loaded
# name: (page of the floor or of the project it is compared with, aim)
AIMS = {
    "점검 목록 50행": ("list", 2.0),
    "점검표 40항목, 지난해와 함께": ("list", 2.5),
    "점검표 200항목, 지난 답 400": ("list", None),
    "답 하나 저절로 저장": ("save", 3.0),
    "한 지표 저장(8항목)": ("save", 4.0),
    "결재함 50행": ("list", 2.5),
    "결재하고 확정(그리기 빼고)": ("save", 8.0),
    "조치 목록 50행, 10,000건에서": ("list", None),
    "조치 현황판, 10,000건에서": ("list", None),
    "점검 의무, 위탁사무 1,000건": ("list", None),
    "수탁기관 한 곳의 10년": ("list", None),
    "관리: 수탁기관 목록": ("관리: 맨 ModelAdmin", 1.3),
    "공개 문서 한 건": ("open one", 2.0),
    "공개 문서 한 건, 처음 그림": ("open one", None),
    "같은 문서, 바뀌지 않음(304)": ("open one", None),
    "공개 문서 목록 20건": ("open list", 1.5),
    "찾기: 100건에 있는 두 글자 말": ("open list", None),
    "찾기: 거의 모든 글에 있는 말": ("open list", None),
    "프로그램이 읽는 목록 100건": ("open list", None),
}


class Site:
    """A child process with a site and a database of its own, that measures its pages when it is told to."""

    def __init__(self, name):
        self.name = name
        environment = os.environ | {
            "DATABASE_URL": _own_database(name),
            "DJANGO_SETTINGS_MODULE": _settings(name),
        }
        command = [sys.executable, "-m", "bench.child", name]
        self.process = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=environment)

    def turn(self):
        """The figures of one turn; what goes wrong in the child is told there, and ends all."""
        with suppress(BrokenPipeError):
            print(ROUNDS, file=self.process.stdin, flush=True)
        return json.loads(self._answer())

    def _answer(self):
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        line = self.process.stdout.readline()
        watch.cancel()
        if not line:
            raise SystemExit(
                f"{self.name} gave up ({self.process.wait()}), or was not ready in {PATIENCE} s."
            )
        return line

    def close(self):
        self.process.kill()
        self.process.communicate()


def main():
    sites = [Site(name) for name in ("floor", "salpim", "public")]  # all load their rows at the same time
    try:
        best = _least(sites)
    finally:
        for site in sites:
            site.close()
    _print(best)
    _run("bench.searches", "public")
    _run("bench.readers", "public")
    _run("bench.load", "salpim")
    _own_database("letters")
    _run("bench.letters", "letters")
    pdf.compare()


def _run(module, name):
    about = {"DATABASE_URL": _database(name), "DJANGO_SETTINGS_MODULE": _settings(name)}
    subprocess.run([sys.executable, "-m", module], env=os.environ | about, check=True)


def _least(sites):
    best = {}
    for turn in range(1, TURNS + 1):
        for site in sites:
            tell(f"{turn}/{TURNS} {site.name}")
            for page, (cpu, queries) in site.turn().items():
                best[page] = min(best.get(page, (cpu, queries)), (cpu, queries))
    return best


def _print(best):
    print(f"{'쪽':<28}{'CPU ms':>8}{'질의':>5}{'비율':>7}{'목표':>6}")
    for page, (cpu, queries) in best.items():
        compared, aim = AIMS.get(page, (None, None))
        ratio = f"{cpu / best[compared][0]:.2f}" if compared else "-"
        print(f"{page:<28}{cpu:>8.2f}{queries:>5}{ratio:>7}{aim or '-':>6}")


def _settings(name):
    return "bench.public_settings" if name == "public" else "bench.settings"


def _database(name):
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/bench_{name}"


def _own_database(name):
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE bench_{name}")
    connection.close()
    return _database(name)


if __name__ == "__main__":
    main()
