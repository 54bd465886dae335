"""Puts the demo city together: the register, then every inspection with its paper."""

import datetime as dt
import uuid
from pathlib import Path

from django.conf import settings

from accounts.models import User
from audit import clock
from demo import case_1, city_loading, follow_up, others, papers, publishing, scenario
from demo.case_1_findings import ACTIONS_2019
from follow_up import acting
from inspections.models import Action
from reports.models import Document

Kind = Document.Kind
CASE_1_FACTS = {
    "disclosure": "partial",
    "clauses": ["5", "7"],
    "retention": "10",
    "control_number": "D0000041697839",
}
CONSUMER_LINE = [("review", "dara"), ("approve", "maba")]
WELFARE_LINE = [("review", "paha"), ("approve", "geona")]
LIBRARY_LINE = [("review", "meoba"), ("approve", "seoeo")]
LINES = {"gana": CONSUMER_LINE, "saah": CONSUMER_LINE, "kata": WELFARE_LINE, "deora": LIBRARY_LINE}


def load():
    """The finished paper of case 1."""
    city_loading.load()
    before = scenario.inspect(case_1.YEAR_BEFORE)
    papers.carry(
        case_1.YEAR_BEFORE,
        before,
        line=CONSUMER_LINE,
        drafted_on=dt.date(2020, 1, 13),
        facts=CASE_1_FACTS | {"control_number": ""},
        hide=publishing.hide_last_year,
    )
    _follow_up(before)
    inspection = scenario.inspect(case_1.CASE_1)
    document = papers.carry(
        case_1.CASE_1,
        inspection,
        line=CONSUMER_LINE,
        drafted_on=dt.date(2021, 1, 12),
        facts=CASE_1_FACTS,
        hide=publishing.hide_sheet,
    )
    papers.carry(
        case_1.CASE_1,
        inspection,
        line=CONSUMER_LINE,
        drafted_on=dt.date(2021, 1, 18),
        kind=Kind.OUTCOME,
        facts={"disclosure": "closed", "clauses": ["5"], "review_on": clock.today() + dt.timedelta(days=20)},
    )
    for each in others.scenarios(clock.today()):
        _load_other(each)
    publishing.load()
    return document


def write_pdfs(document):
    """Put the frozen report and its checklist into files and return the path of the report."""
    folder = Path(settings.VAR_DIR) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for file in document.edition.files.all():
        (folder / f"checklist-{file.order}.pdf").write_bytes(file.pdf)
    path = folder / "report.pdf"
    path.write_bytes(document.edition.pdf)
    return path


def _load_other(each):
    inspection = scenario.inspect(each)
    drafted_on = each.visit_on + dt.timedelta(days=5)
    line = LINES[each.inspector]
    papers.carry(each, inspection, line=line, drafted_on=drafted_on)
    if each.reaches("approved") and inspection.actions.exists():
        later = drafted_on + dt.timedelta(days=4)
        papers.carry(each, inspection, line=line, drafted_on=later, kind=Kind.CORRECTION)
    if each.key == "library-before":
        follow_up.load(each, inspection)


def _follow_up(inspection):
    """The year between: the survey was demanded, reported in autumn and verified at the next visit."""
    action = inspection.actions.get(text=ACTIONS_2019[0][0])
    by = User.objects.get(username=case_1.YEAR_BEFORE.inspector)
    if action.status == Action.Status.DEMANDED:
        day, paper = dt.date(2020, 11, 20), "(사)한국소비자연맹-87(2020. 11. 20.)"
        text = "만족도 조사 계획과 결과를 공문으로 제출함"
        with clock.set_to(scenario.at(day, 15)):
            acting.report(
                action, by=by, id=uuid.uuid4(), text=text, done_on=day, source="letter", paper=paper
            )
    action.refresh_from_db()
    if action.status == Action.Status.REPORTED:
        with clock.set_to(scenario.at(dt.date(2020, 12, 30), 15)):
            note = "현장점검에서 조사 결과를 확인함"
            acting.verify(action, by=by, version=action.version, how="inspection", note=note)
