"""Pictures of the demo city: a few small ones for the README, and every page for whoever works on the look.

The few lie in docs/screenshots/; `--few` stops there. The many lie in var/screenshots/, one for each view and
role, in two widths: it follows the links of each role's own pages; a page that nothing links to is not shown,
worth knowing.
"""

import io
import os
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "screenshots"
FEW = ROOT / "docs" / "screenshots"
FEW_WIDTH, FEW_MOST_BYTES = 1000, 120_000
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
from django.urls import Resolver404, resolve, reverse  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Error, sync_playwright  # noqa: E402

from bench.serving import served  # noqa: E402
from demo.city import CENTER  # noqa: E402
from inspections.models import Inspection  # noqa: E402
from reports.models import Publication  # noqa: E402


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


def walk_all(browser, start):
    OUT.mkdir(parents=True, exist_ok=True)
    for role, user in {"nobody": None, **one_user_of_each_role()}.items():
        context = context_of(browser, start, user)
        walk(context.new_page(), start, role)
        context.close()


def context_of(browser, start, user):
    context = browser.new_context(
        locale="ko-KR", timezone_id="Asia/Seoul", viewport={"width": 1280, "height": 900}
    )
    if user:
        context.add_cookies([session_cookie(user, start)])
    return context


def few_pages():
    """name: (who looks, address). What case 1 has finished is shown on inspections that still go on."""
    case_1 = inspection_of(CENTER, year=2020)
    going_on = inspection_of("책누리도서관 운영")
    centre = inspection_of("소상공인 상생센터 운영")
    drafted = inspection_of("시청 작은도서관").documents.get()
    waiting = inspection_of("햇살노인종합복지관").documents.get()
    indicator = going_on.checklist.indicators.first()
    return {
        "home": ("kata", reverse("home")),
        "targets": ("gana", reverse("inspections:targets", args=[centre.part.period_id, centre.part_id])),
        "checklist": ("deora", reverse("inspections:indicator", args=[going_on.pk, indicator.pk])),
        "findings": ("gana", reverse("inspections:findings", args=[case_1.pk])),
        "review": ("deora", reverse("inspections:review", args=[going_on.pk])),
        "editor": ("deora", reverse("reports:document", args=[drafted.pk])),
        "approval": ("geona", reverse("reports:approval", args=[waiting.pk])),
        "publishing": ("gana", reverse("reports:publication", args=[published().document_id])),
        "admin": ("admin", reverse("admin:contractors_subject_changelist")),
    }


def published():
    """The report of the year before case 1, of which a line is hidden."""
    return Publication.objects.get(document__inspections=inspection_of(CENTER, year=2019))


def inspection_of(subject, **period):
    found = Inspection.objects.filter(
        subject__name=subject, **{f"part__period__{k}": v for k, v in period.items()}
    )
    return found.select_related("part").latest("pk")


def take_few(browser, start):
    FEW.mkdir(parents=True, exist_ok=True)
    for name, (username, address) in few_pages().items():
        context = context_of(browser, start, get_user_model().objects.get(username=username))
        page = context.new_page()
        page.goto(urljoin(start, address), wait_until="networkidle")
        keep(name, Image.open(io.BytesIO(page.screenshot())))
        context.close()
    take_public(browser)
    pdf = pypdfium2.PdfDocument(ROOT / "var" / "demo" / "report.pdf")
    for number in (0, 1):
        keep(f"pdf-{number + 1}", pdf[number].render(scale=1.5).to_pil(), width=700)


def take_public(browser):
    with served("config.public_wsgi") as port:
        page = context_of(browser, "", None).new_page()
        page.goto(
            urljoin(f"http://127.0.0.1:{port}/", f"documents/{published().edition_id}/"),
            wait_until="networkidle",
        )
        keep("public", Image.open(io.BytesIO(page.screenshot())))


def keep(name, picture, width=FEW_WIDTH):
    picture = picture.convert("RGB")
    picture.thumbnail((width, 10_000), Image.Resampling.LANCZOS)
    path = FEW / f"{name}.webp"
    picture.save(path, quality=80, method=6)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)} {size // 1000} kB")
    if size > FEW_MOST_BYTES:
        raise SystemExit(f"{path} is too large for the README.")


def main():
    with served("config.wsgi") as port, sync_playwright() as playwright:
        start = f"http://127.0.0.1:{port}/"
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take_few(browser, start)
        if "--few" not in sys.argv:
            walk_all(browser, start)


main()
