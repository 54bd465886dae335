"""Measure floor and project turn about, and print the ratios beside what is aimed at."""

import json
import os
import subprocess
import sys

import psycopg2

from bench import pdf

TURNS, ROUNDS = 3, 100
# name: (page of the floor or of the project it is compared with, aim)
AIMS = {
    "점검 목록 50행": ("list", 2.0),
    "점검표 40항목, 지난해와 함께": ("list", 2.5),
    "한 지표 저장(8항목)": ("save", 4.0),
    "결재함 50행": ("list", 2.5),
    "관리: 수탁기관 목록": ("관리: 맨 ModelAdmin", 1.3),
}


class Site:
    def __init__(self, name):
        url = _own_database(name)
        command = [sys.executable, "-m", "bench.child", name]
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.pages = json.loads(self.process.stdout.readline())

    def turn(self):
        print(ROUNDS, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


def main():
    sites = [Site("floor"), Site("salpim")]
    best = {}
    for _ in range(TURNS):
        for site in sites:
            for page, (cpu, queries) in site.turn().items():
                best[page] = min(best.get(page, (cpu, queries)), (cpu, queries))
    for site in sites:
        site.process.stdin.close()
        site.process.wait()
    _print(best)
    pdf.compare()


def _print(best):
    print(f"{'쪽':<28}{'CPU ms':>8}{'질의':>5}{'비율':>7}{'목표':>6}")
    for page, (cpu, queries) in best.items():
        compared, aim = AIMS.get(page, (None, None))
        ratio = f"{cpu / best[compared][0]:.2f}" if compared else "-"
        print(f"{page:<28}{cpu:>8.2f}{queries:>5}{ratio:>7}{aim or '-':>6}")


def _own_database(name):
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE bench_{name}")
    connection.close()
    return f"{base}/bench_{name}"


if __name__ == "__main__":
    main()
