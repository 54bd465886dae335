"""The other inspections of the demo city: every state and several shapes, dated around today."""

import datetime as dt

from demo.scenario import Scenario, at
from demo.sheets import COMMISSION, FACILITY, LIBRARY

GOOD, FAULT, IMPROVE = {"kind": "good"}, {"kind": "fault"}, {"kind": "improve"}
AFTERNOON = (dt.time(14), dt.time(17))
ALL_DAY = (dt.time(10), dt.time(17))
LIBRARY_SITES = ("책누리도서관 본관", "책누리도서관 별관")


def scenarios(today):
    """Eleven inspections dated from `today`; those of one office and year share a period."""

    def day(distance):
        """So many days from today, or the Friday before: nobody visits at a weekend."""
        return _on_a_weekday(today + dt.timedelta(days=distance))

    return [*_welfare(day), *_libraries(day), *_fair_trade(day)]


def _on_a_weekday(day):
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _round(day, office, name):
    """What inspections of one round share. A round belongs to the year its first visit falls in."""
    year = day(-60).year
    return {
        "year": year,
        "period": f"{year}년 {name} 정기 지도·점검",
        "window": (day(-70), day(40)),
        "planned_at": at(day(-75)),
        **office,
    }


def _covers(day):
    start = dt.date(day(-60).year, 1, 1)
    return {"covers_from": start, "covers_to": day(-1), "covers_to_present": True}


def _welfare(day):
    office = {"sheet": FACILITY, "inspector": "kata", "colleagues": ({"username": "paha"},)}
    shared = _round(day, office, "노인복지시설") | {"covers": _covers(day)}
    yield Scenario(
        key="welfare-centre",
        subject="햇살노인종합복지관",
        visit_on=day(-34),
        hours=ALL_DAY,
        place="시범구 햇살길 12",
        until="in_approval",
        answers={
            "소방-3": {"choice": "조치 필요", "opinion": "비상구 앞에 물품을 쌓아 둠"},
            "건축-1": {"choice": "조치 필요", "opinion": "지하 기계실 벽에 누수 자국이 있음"},
            "보험-2": {"number": 92, "opinion": "신규 종사자 3명이 아직 이수하지 않음"},
        },
        results={
            1: [
                (1, "소화기와 경보 설비가 바로 쓸 수 있는 상태임", GOOD),
                (2, "비상구 앞에 물품을 쌓아 둠 → 점검 중 치움", FAULT | {"completed_on": day(-34)}),
            ],
            3: [
                (1, "지하 기계실 벽에 누수 자국이 있음", FAULT | {"key": "leak"}),
                (4, "지난 장마 뒤에 생긴 것으로 시설이 설명함", {}),
            ],
            5: [
                (1, "책임보험에 가입하고 대응 지침을 갖춤", GOOD),
                (
                    2,
                    "안전교육 이수율이 기준에 미치지 못함",
                    IMPROVE | {"key": "training", "measured": 92, "standard": 100, "unit": "%"},
                ),
            ],
        },
        overall=((1, "전반적으로 안전하게 운영하나 누수 부위를 서둘러 보수할 필요가 있음", IMPROVE),),
        actions=(
            ("누수 부위를 보수하고 사진을 붙여 제출할 것", "leak", {"due_on": day(20)}),
            ("신규 종사자 안전교육을 마치고 수료증을 제출할 것", "training", {"due_on": day(20)}),
        ),
        **shared,
    )
    yield Scenario(
        key="nursing-home",
        subject="푸른마을 요양원",
        visit_on=day(-50),
        hours=AFTERNOON,
        until="approved",
        **shared,
    )
    subsidies = _round(day, office | {"sheet": COMMISSION}, "보조사업") | {"covers": _covers(day)}
    yield Scenario(
        key="care-project",
        subject="어르신 돌봄 지원사업",
        visit_on=day(-27),
        methods=("paper",),
        until="returned",
        answers={"공1-3": {"choice": "부적정", "opinion": "회의비 1건의 증빙이 없음"}},
        exempted={4: "시설을 두지 않는 사업임"},
        results={
            1: [
                (1, "보조금을 교부 목적에 맞게 집행함", GOOD),
                (2, "증빙 없이 집행한 회의비가 있음", FAULT | {"key": "meeting"}),
            ],
        },
        actions=(("증빙이 없는 회의비를 반환할 것", "meeting", {"won": 113_560, "due_on": day(14)}),),
        **subsidies,
    )
    yield Scenario(
        key="senior-clubs",
        subject="경로당 순회 프로그램",
        visit_on=day(-10),
        until="planned",
        aside=("exclude", "중복", "자치구가 같은 해에 합동점검하여 제외함"),
        **shared,
    )


def _libraries(day):
    expert = {"name": "정하허", "position": "회계사", "organisation": "시범회계법인", "role": "expert"}
    office = {
        "sheet": LIBRARY,
        "inspector": "deora",
        "colleagues": (expert, {"organisation": "자치구", "headcount": 2}),
    }
    shared = _round(day, office, "도서관") | {"covers": _covers(day)}
    yield _library_the_year_before(day, office)
    yield Scenario(
        key="library",
        subject="책누리도서관 운영",
        visit_on=day(0),
        hours=ALL_DAY,
        place="책누리도서관 본관, 별관",
        sites=LIBRARY_SITES,
        stages=(("self", "(재)책누리문화재단", {"도2-2": {"number": 13, "opinion": "특별회계 제외"}}),),
        until="answering",
        **shared,
    )
    yield Scenario(
        key="star-library",
        subject="별빛도서관 운영",
        visit_on=day(-12),
        hours=AFTERNOON,
        until="planned",
        **shared,
    )
    yield Scenario(
        key="city-library",
        subject="시청 작은도서관",
        visit_on=day(-20),
        hours=AFTERNOON,
        until="drafted",
        results={1: [(1, "자료를 정기적으로 늘리고 이용 규정을 지킴", GOOD)]},
        suggestions=(
            (
                1,
                "냉난방 설비를 함께 쓰는 층의 운영 시간을 늘려 달라고 함",
                {"kind": "suggestion", "department": "총무과"},
            ),
        ),
        **shared,
    )
    yield Scenario(
        key="mobile-library",
        subject="책누리 이동도서관",
        visit_on=day(-15),
        until="planned",
        aside=("give_up", "폐문", "차량 정비로 운행하지 않아 두 차례 방문에도 점검하지 못함"),
        **shared,
    )


def _library_the_year_before(day, office):
    """Its findings of a type and of certain items stand beside these items in the year after."""
    year = day(-60).year - 1
    visit_on = _on_a_weekday(dt.date(year, 10, 16))
    covers = {"covers_from": dt.date(year, 1, 1), "covers_to": visit_on, "covers_to_present": True}
    return Scenario(
        key="library-before",
        subject="책누리도서관 운영",
        period=f"{year}년 도서관 정기 지도·점검",
        window=(dt.date(year, 10, 1), dt.date(year, 11, 30)),
        planned_at=at(dt.date(year, 9, 20)),
        visit_on=visit_on,
        until="approved",
        sites=LIBRARY_SITES,
        covers=covers,
        answers={
            "도2-2": {"number": 11, "opinion": "자료 구입비가 운영비의 11%에 그침"},
            "도4-3": {"choice": "부적정", "opinion": "대장에 없는 책상 4개가 있음"},
        },
        results={
            2: [
                (1, "자료 구입비의 비율이 기준에 미치지 못함", IMPROVE | {"key": "books", "codes": ["도2-2"]})
            ],
            4: [
                (
                    1,
                    "물품관리대장과 실물이 맞지 않음",
                    FAULT | {"key": "goods", "codes": ["도4-3"], "type": "물품관리대장 미흡"},
                )
            ],
        },
        actions=(
            ("자료 구입비를 기준에 맞게 편성할 것", "books", {"due_on": dt.date(year, 12, 31)}),
            ("물품관리대장을 정리하고 사진을 붙여 제출할 것", "goods", {"due_on": dt.date(year, 12, 31)}),
        ),
        **office,
    )


def _fair_trade(day):
    office = {"sheet": COMMISSION, "inspector": "saah", "colleagues": ({"username": "gana"},)}
    shared = _round(day, office, "민간위탁")
    yield Scenario(
        key="small-business",
        subject="소상공인 상생센터 운영",
        visit_on=day(3),
        hours=AFTERNOON,
        place="가온구 상생로 2",
        until="planned",
        covers=_covers(day),
        **shared,
    )
