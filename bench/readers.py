"""A hundred citizens at once, for twenty seconds: each reads a page of the public site every second on a real server."""

import http.client
import random
import threading
import time

import django

django.setup()

from django.urls import reverse
from django.utils.http import urlencode

from bench import corpus, editions
from bench.progress import tell
from bench.serving import served

READERS, SECONDS, PAUSE = 100, 20, 1.0
SHARES = {"문서": 6, "목록": 2, "찾기": 2}  # of ten requests
SHOWN = {"문서": b'id="downloads"', "목록": b'<li class="card">', "찾기": b'id="content"'}


class Reader(threading.Thread):
    """Asks for one page after the other; what does not hold what it should is an error."""

    def __init__(self, port, number):
        super().__init__()
        self.port, self.chance = port, random.Random(number)
        self.times, self.errors = {kind: [] for kind in SHARES}, []

    def run(self):
        end = time.monotonic() + SECONDS
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        time.sleep(PAUSE * self.chance.random())  # not all in the same moment
        while time.monotonic() < end:
            [kind] = self.chance.choices(list(SHARES), SHARES.values())
            self._read(connection, kind, _address(kind, self.chance))
            time.sleep(PAUSE)
        connection.close()

    def _read(self, connection, kind, address):
        start = time.perf_counter()
        try:
            connection.request("GET", address)
            reply = connection.getresponse()
            page = reply.read()
        except OSError as error:
            self.errors.append(repr(error))
            connection.close()
            return
        self.times[kind].append(time.perf_counter() - start)
        if reply.status != 200 or SHOWN[kind] not in page:
            self.errors.append(f"{reply.status} {address}")


def _address(kind, chance):
    """Documents one as likely as the other, so hardly one was drawn before; lists of a department or of all."""
    if kind == "문서":
        return reverse("public:document", args=[chance.randint(1, corpus.EDITIONS)])
    asked = {"q": corpus.drawn(chance)[0]} if kind == "찾기" else {}
    if kind == "목록" and chance.random() < 0.5:
        asked = {"department": chance.choice(editions.DEPARTMENTS)}
    return f"{reverse('public:documents')}?{urlencode(asked)}"


def main():
    with served("config.public_wsgi") as port:
        readers = _run(port)
    _report(readers)


def _run(port):
    tell(f"{READERS} readers for {SECONDS} s")
    readers = [Reader(port, number) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return readers


def _report(readers):
    times = {kind: [taken for reader in readers for taken in reader.times[kind]] for kind in SHARES}
    errors = [error for reader in readers for error in reader.errors]
    told = [f"{kind} {len(found)}쪽 {_spread(found)}" for kind, found in times.items()]
    whole = [taken for found in times.values() for taken in found]
    print(
        f"읽는 이 {READERS}명이 {SECONDS}초 동안 {len(whole)}쪽: 오류 {len(errors)}, {_spread(whole)}; {', '.join(told)}"
    )
    if errors:
        raise SystemExit("\n".join(errors[:5]))


def _spread(times):
    times = sorted(times)
    return f"중앙값 {times[len(times) // 2] * 1000:.0f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms"


if __name__ == "__main__":
    main()
