"""No list, count, search or export tells of what its reader may not open (S3)."""

import re
from urllib.parse import urlsplit

from django.test import TestCase
from django.urls import Resolver404, resolve

from inspections.models import Evidence, Inspection, InspectionPeriod
from inspections.tests.factories import (
    ActionFactory,
    EvidenceFactory,
    FindingFactory,
    InspectionFactory,
    InspectionPeriodFactory,
    PeriodPartFactory,
    TeamMemberFactory,
    VisitFactory,
)
from reports.models import Document
from reports.tests.factories import Office, draft, sent
from tests.security.harvest import Site

SECRET = "남의부서비밀"
NARROWED = [[("q", SECRET), ("text", SECRET)], [("tab", "done")], [("month", "2020-12")]]
WITHIN = ["own", "other", "lead", "contractor"]
LINK = re.compile(r"""(?:href|src|action|hx-get|hx-post)="(/[^"]*)\"""")
ROWS = {
    "inspections:detail": Inspection,
    "inspections:period_detail": InspectionPeriod,
    "inspections:evidence": Evidence,
    "reports:document": Document,
    "reports:approval": Document,
}


class TestLists(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = Site()
        cls.elsewhere()
        cls.pages = {role: list(cls.answers(role)) for role in [*WITHIN, "viewer"]}

    @classmethod
    def elsewhere(cls):
        """The work of an office that none of WITHIN belongs to."""
        office = Office(name=f"{SECRET}과")
        period = InspectionPeriodFactory(department=office.department, title=f"{SECRET} 회차")
        inspection = InspectionFactory(
            department=office.department,
            part=PeriodPartFactory(period=period),
            subject__name=f"{SECRET} 사무",
            in_progress=True,
        )
        TeamMemberFactory(inspection=inspection, user=office.drafter)
        VisitFactory(inspection=inspection, place=f"{SECRET} 장소")
        FindingFactory(inspection=inspection, text=f"{SECRET} 줄")
        ActionFactory(inspection=inspection, text=f"{SECRET} 조치")
        EvidenceFactory(inspection=inspection, name=f"{SECRET}.jpg")
        cls.papers = [
            draft(office, title=f"{SECRET} 초안"),
            sent(office, document=draft(office, title=f"{SECRET} 상신")),
        ]
        cls.inspection = inspection

    @classmethod
    def answers(cls, role):
        """(path, query, html) of all that a role may open; lists also narrowed."""
        for path in dict.fromkeys(cls.site.paths.values()):
            if path.startswith("/admin/"):
                continue
            is_list = not re.search(r"\d", path)
            for query in [[], *NARROWED] if is_list else [[]]:
                response = cls.site.ask(role, "GET", path, query)
                if response.status_code == 200 and "html" in response.get("Content-Type", ""):
                    yield path, query, response.content.decode()

    def test_nothing_is_told_of_another_office(self):
        told = []
        for role in WITHIN:
            for path, _query, html in self.pages[role]:
                names = shown(html) - {SECRET}
                told += [(role, path, name) for name in names if not is_register(name)]

        assert told == []

    def test_links_lead_only_to_what_may_be_opened(self):
        wrong = []
        for role in [*WITHIN, "viewer"]:
            user = self.site.world.users[role]
            visible = {
                model: set(model.objects.visible_to(user).values_list("pk", flat=True))
                for model in ROWS.values()
            }
            for path, _query, html in self.pages[role]:
                wrong += [
                    (role, path, link)
                    for link in LINK.findall(html)
                    if (target := row_behind(link)) and target[1] not in visible[target[0]]
                ]

        assert wrong == []

    def test_the_viewer_of_the_city_does_see_it(self):
        """Or the two tests above would pass on an empty site."""
        found = {name for _path, _query, html in self.pages["viewer"] for name in shown(html)}

        assert any("사무" in name for name in found)
        assert any("회차" in name for name in found)


def shown(html):
    return set(re.findall(rf"{SECRET}[^\n<]{{0,8}}", re.sub(r"<[^>]+>", "\n", html)))


def is_register(name):
    """The register of offices and subjects is the city's: whoever plans chooses from it."""
    return name.startswith((f"{SECRET}과", f"{SECRET} 사무"))


def row_behind(link):
    try:
        match = resolve(urlsplit(link).path)
    except Resolver404:
        return None
    model = ROWS.get(match.view_name)
    return (model, match.kwargs["pk"]) if model else None
