"""Case 1: the inspection of the e-commerce centre in 2020, and the one of the year before."""

import datetime as dt

from demo import case_1_findings as found
from demo.city import CENTER
from demo.scenario import Scenario, at
from demo.sheets import COMMISSION

TEAM = ({"username": "saah"},)

YEAR_BEFORE = Scenario(
    key="case-1-2019",
    subject=CENTER,
    period="2019년 민간위탁 정기 지도·점검",
    window=(dt.date(2019, 12, 1), dt.date(2019, 12, 31)),
    sheet=COMMISSION,
    inspector="gana",
    colleagues=TEAM,
    planned_at=at(dt.date(2019, 12, 2)),
    visit_on=dt.date(2019, 12, 18),
    covers={
        "covers_from": dt.date(2019, 1, 1),
        "covers_to": dt.date(2019, 12, 1),
        "covers_precision": "month",
        "covers_to_present": True,
    },
    method_note="지도점검표에 따라 일반운영과 운영성과를 점검",
    exempted=found.EXEMPTED,
    answers=found.ANSWERS_2019,
    results=found.RESULTS_2019,
    actions=tuple(found.ACTIONS_2019),
    until="approved",
)

CASE_1 = Scenario(
    key="case-1",
    subject=CENTER,
    period="2020년 민간위탁 정기 지도·점검",
    window=(dt.date(2020, 12, 1), dt.date(2020, 12, 31)),
    sheet=COMMISSION,
    inspector="gana",
    colleagues=TEAM,
    planned_at=at(dt.date(2020, 12, 1)),
    moved_from=dt.date(2020, 12, 17),
    moved_because="입주 건물에 코로나19 확진자가 나와 건물이 폐쇄되어",
    visit_on=dt.date(2020, 12, 30),
    place="서소문청사 14층",
    covers={
        "covers_from": dt.date(2020, 1, 1),
        "covers_to": dt.date(2020, 12, 1),
        "covers_precision": "month",
        "covers_to_present": True,
    },
    method_note="지도점검표에 따라 일반운영과 운영성과를 점검",
    exempted=found.EXEMPTED,
    answers=found.ANSWERS,
    photos=found.PHOTOS,
    results=found.RESULTS,
    suggestions=tuple(found.SUGGESTIONS),
    actions=tuple(found.ACTIONS),
    until="approved",
)
