"""Fifty inspectors at once, for a minute: each saves one answer after the other on a real server."""

import http.client
import threading
import time
import uuid
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench.progress import tell
from bench.serving import served
from inspections.models import Answer, ChecklistItem, Inspection

INSPECTORS, SECONDS, PAUSE = 50, 60, 1.0


class Inspector(threading.Thread):
    """Answers the items of one inspection in turn; remembers what the server has confirmed."""

    def __init__(self, port, user, inspection, items):
        super().__init__()
        self.address = ("127.0.0.1", port)
        self.url, self.items = reverse("inspections:answer_save", args=[inspection.pk]), items
        self.headers = _signed_in(user) | {"Content-Type": "application/x-www-form-urlencoded"}
        self.bases = dict.fromkeys(items, f"0-{0:012}")
        self.confirmed, self.times, self.errors = {}, [], []

    def run(self):
        end, turn = time.monotonic() + SECONDS, 0
        connection = http.client.HTTPConnection(*self.address, timeout=30)
        time.sleep(PAUSE * (self.native_id % 100) / 100)  # not all in the same moment
        while time.monotonic() < end:
            self._save(connection, self.items[turn % len(self.items)], f"확인함 {turn}")
            turn += 1
            time.sleep(PAUSE)
        connection.close()

    def _save(self, connection, item, opinion):
        values = {f"a{item}-base": self.bases[item], f"a{item}-choice": "적정", f"a{item}-opinion": opinion}
        body = urlencode({"key": uuid.uuid4(), "line": item} | values)
        start = time.perf_counter()
        try:
            connection.request("POST", self.url, body, self.headers)
            reply = connection.getresponse()
            data = reply.read()
        except OSError as error:
            self.errors.append(repr(error))
            connection.close()
            return
        self.times.append(time.perf_counter() - start)
        if reply.status != 200:
            self.errors.append(f"{reply.status} {data[:200]}")
            return
        version = int(self.bases[item].split("-")[0]) + 1
        self.bases[item], self.confirmed[item] = f"{version}-{0:012}", opinion


def _signed_in(user):
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    token = client.get(reverse("session_ready")).json()["token"]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"Cookie": cookies, "X-CSRFToken": token, "X-Requested-With": "fetch"}


def main():
    with served("config.wsgi") as port:
        inspectors = _run(port)
    _report(inspectors)


def _run(port):
    tell(f"{INSPECTORS} inspectors for {SECONDS} s")
    office = User.objects.get(username="gana").department
    inspections = Inspection.objects.filter(part__period__year=2020).order_by("pk")[:INSPECTORS]
    inspectors = []
    for number, inspection in enumerate(inspections):
        user = User.objects.create(username=f"load{number}", name="김가나", department=office)
        items = ChecklistItem.objects.filter(indicator__checklist=inspection.checklist_id)
        inspectors.append(Inspector(port, user, inspection, list(items.values_list("pk", flat=True)[:40])))
        inspectors[-1].inspection = inspection
    for inspector in inspectors:
        inspector.start()
    for inspector in inspectors:
        inspector.join()
    return inspectors


def _report(inspectors):
    times = sorted(taken for inspector in inspectors for taken in inspector.times)
    errors = [error for inspector in inspectors for error in inspector.errors]
    lost = sum(_lost(inspector) for inspector in inspectors)
    p95 = times[int(len(times) * 0.95)] * 1000
    print(
        f"점검자 {len(inspectors)}명이 {SECONDS}초 동안 저장 {len(times)}회: 오류 {len(errors)}, 잃은 답 {lost}, "
        f"중앙값 {times[len(times) // 2] * 1000:.0f} ms, p95 {p95:.0f} ms"
    )
    if errors or lost:
        raise SystemExit("\n".join(errors[:5]) or "answers were lost")


def _lost(inspector):
    found = dict(Answer.objects.filter(inspection=inspector.inspection).values_list("item", "opinion"))
    return sum(found.get(item) != opinion for item, opinion in inspector.confirmed.items())


if __name__ == "__main__":
    main()
