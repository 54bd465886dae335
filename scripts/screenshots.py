"""Pictures of every page of the demo city, one for each view and role, in two widths.

It follows the links of each role's own pages; a page that nothing links to is not shown, worth knowing.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "screenshots"
WIDTHS = {"1280": 1280, "820": 820}
MOST_PAGES = 120  # of one role
SKIPPED = ("logout", "download", ".pdf", ".xlsx", "/file")

os.chdir(ROOT)
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402
from playwright.sync_api import Error, sync_playwright  # noqa: E402


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(port):
    command = [".venv/bin/gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "error", "config.wsgi"]
    server = subprocess.Popen(command)  # noqa: S603
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    raise SystemExit("The site did not start.")


def one_user_of_each_role():
    users = get_user_model().objects.filter(is_active=True, must_change_password=False).order_by("pk")
    return {user.role: user for user in reversed(users)}


def session_cookie(user, url):
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def view_of(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def take(page, name):
    for label, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=OUT / f"{name}-{label}.png", full_page=True)


def walk(page, start, role):
    """Breadth first through the links, the first address of each view only."""
    waiting, seen = [start], {"home"}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        try:
            response = page.goto(address)
        except Error:  # a download
            continue
        name = (view_of(urlsplit(address).path) or "home").replace(":", "-")
        take(page, f"{role}-{name}")
        print(role, response.status, urlsplit(address).path)
        for link in page.eval_on_selector_all(
            "a[href]", "links => links.map(link => link.getAttribute('href'))"
        ):
            target = urljoin(address, link).split("#")[0]
            view = view_of(urlsplit(target).path) if target.startswith(start) else None
            if view and view not in seen and not any(word in target for word in SKIPPED):
                seen.add(view)
                waiting.append(target)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    start = f"http://127.0.0.1:{free_port()}/"
    server = serve(urlsplit(start).port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for role, user in {"nobody": None, **one_user_of_each_role()}.items():
                context = browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
                if user:
                    context.add_cookies([session_cookie(user, start)])
                walk(context.new_page(), start, role)
                context.close()
    finally:
        server.terminate()
        server.wait()


main()
