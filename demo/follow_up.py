"""What follows the inspection of the library of the year before: one demand verified, one still open, a 주의.

So this year's visit shows something open, and the ladder has a next rung to propose. Done once.
"""

import datetime as dt

from accounts.models import User
from audit import clock
from demo.scenario import at, line_id
from follow_up import acting, disposing
from follow_up.models import Disposition, DispositionType, Ladder
from inspections.models import Action, Finding, FindingType

LADDER = ["주의", "1차 경고", "2차 경고", "3차 경고"]


def load(scenario, inspection):
    """Safe to repeat: what somebody has done since is left alone."""
    by = User.objects.get(username=scenario.inspector)
    year = scenario.visit_on.year
    finding = Finding.objects.get(pk=line_id(scenario, "key", "goods"))
    _ladder(finding.finding_type)
    with clock.set_to(at(dt.date(year, 10, 22), 16)):
        _caution(scenario, inspection, finding, by)
    _books(scenario, by, year)


def _ladder(finding_type: FindingType):
    ladder, is_new = Ladder.objects.get_or_create(
        name="위탁사무 물품관리 처분 기준", defaults={"basis": "위탁협약 제20조", "years": 3}
    )
    if not is_new:
        return
    ladder.finding_types.add(finding_type)
    for count, name in enumerate(LADDER, start=1):
        of_type = DispositionType.objects.get(family="administrative", name=name)
        ladder.rungs.create(count=count, disposition_type=of_type)


def _caution(scenario, inspection, finding, by):
    pk = line_id(scenario, "disposition", "goods")
    if Disposition.objects.filter(pk=pk).exists():
        return
    of_type = DispositionType.objects.get(family="administrative", name="주의")
    made = disposing.add(
        inspection, by=by, id=pk, finding=finding, disposition_type=of_type,
        text="물품을 대장에 적지 않음", basis="위탁협약 제20조",
    )  # fmt: skip
    disposing.decide(made, by=by, version=made.version)


def _books(scenario, by, year):
    """Reported by letter in December, verified in January."""
    action = Action.objects.get(pk=line_id(scenario, "action", 1))
    if action.status != Action.Status.DEMANDED:
        return
    day, pk = dt.date(year, 12, 18), line_id(scenario, "report", 1)
    with clock.set_to(at(day, 15)):
        acting.report(
            action, by=by, id=pk, text="추가경정예산에 자료 구입비를 늘려 편성함", done_on=day, source="letter",
            paper=f"(재)책누리문화재단-{year % 100}8({year}. 12. 18.)",
        )  # fmt: skip
    action.refresh_from_db()
    with clock.set_to(at(dt.date(year + 1, 1, 8), 15)):
        note = "예산서를 보고 편성한 것을 확인함"
        acting.verify(action, by=by, version=action.version, how="paper", note=note)
