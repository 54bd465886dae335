"""처분: what is announced, decided and counted in papers."""

from follow_up.models import DeadlineRule, Disposition
from notation import dates, money
from reports.composing.letters import ITEM, SUB, prefix
from reports.composing.line import BOXED, CIRCLE, DASH, Line

TABLE_HEAD = ("구분", "처분", "건수", "점검대상 수")
# (head, field, how a sum of it is printed) of columns that stand only where there is something
EXTRAS = (("금액(원)", "won", money.number), ("인원", "persons", str))
Status = Disposition.Status


def standing(inspection):
    """Neither cancelled nor replaced; what says that nothing is done is no disposition in a paper."""
    return [
        each
        for each in inspection.dispositions.all()
        if each.is_standing and not each.disposition_type.is_none
    ]


def announced(sources):
    """(inspection, disposition) of 행정처분 that are to be decided."""
    return [
        (inspection, each)
        for inspection in sources.inspections
        for each in standing(inspection)
        if each.disposition_type.is_disposal and each.status in {Status.PLANNED, Status.NOTIFIED}
    ]


def decided(sources):
    return [
        (inspection, each)
        for inspection in sources.inspections
        for each in standing(inspection)
        if each.status == Status.DECIDED
    ]


def lines(inspection):
    """□ 처분 of a result report; nothing where there is none."""
    found = standing(inspection)
    if not found:
        return
    yield Line("dispositions", "처분", 0, "heading", BOXED)
    for each in found:
        yield Line(f"disposition:{each.pk}", told(each), 1, "line", CIRCLE)
        for party in each.parties.all():
            yield Line(f"disposition:{each.pk}:party:{party.pk}", _party(party), 2, "line", DASH)
        if each.override_reason:
            text = f"기준은 ‘{each.proposed_type}’이나 다음 까닭으로 달리 정함: {each.override_reason}"
            yield Line(f"disposition:{each.pk}:why", text, 2, "line", DASH)


def told(disposition):
    """재정상 회수(시설장): 퇴직적립금 초과분 (3건, 1,200,000원, 기한 ’21. 3. 2.)"""
    text = " ".join(disposition.text.split())
    head = f"{disposition.disposition_type.full_name}({disposition.to_whom})"
    facts = ", ".join(facts_of(disposition, dates.short_date))
    return f"{head}{f': {text}' if text else ''}{f' ({facts})' if facts else ''}"


def _party(party):
    """받을 사람: 학부모 22명 440,000원"""
    facts = [party.persons and f"{party.persons}명", money.won(party.won) if party.won is not None else ""]
    return f"{party.get_role_display()}: {' '.join(filter(None, [party.name, *facts]))}"


def facts_of(disposition, day):
    """The numbers and days a disposition has, as words."""
    found = [
        disposition.count and f"{disposition.count}건",
        money.won(disposition.won) if disposition.won is not None else "",
        disposition.persons and f"{disposition.persons}명",
        disposition.starts_on and _period(disposition, day),
        disposition.due_on and f"기한 {day(disposition.due_on)}",
    ]
    return [text for text in found if text]


def _period(disposition, day):
    end = day(disposition.ends_on) if disposition.ends_on else ""
    return f"{day(disposition.starts_on)} ~ {end}".strip()


def by_type(inspections):
    """처분 유형별 현황 in the order of the code table, with amounts where there are any; None of nothing."""
    found = [(each, inspection) for inspection in inspections for each in standing(inspection)]
    if not found:
        return None
    groups = {}
    for pair in sorted(found, key=lambda pair: _place(pair[0].disposition_type)):
        groups.setdefault(pair[0].disposition_type, []).append(pair)
    extras = [extra for extra in EXTRAS if any(getattr(each, extra[1]) for each, _ in found)]
    rows = [
        [of_type.get_family_display(), of_type.name, *_counted(pairs, extras)]
        for of_type, pairs in groups.items()
    ]
    if len(rows) > 1:
        rows.append(["계", "", *_counted(found, extras)])
    head = [*TABLE_HEAD, *(name for name, *_ in extras)]
    return {"caption": "처분 유형별 현황", "unit": "건", "rows": [head, *rows]}


def _place(of_type):
    return of_type.order, of_type.pk


def _counted(pairs, extras):
    count = sum(each.count or 1 for each, _ in pairs)
    sums = [(show, sum(getattr(each, name) or 0 for each, _ in pairs)) for _, name, show in extras]
    places = len({inspection.pk for _, inspection in pairs})
    return [str(count), str(places), *(show(total) if total else "-" for show, total in sums)]


# Letters --------------------------------------------------------------------------------------------------


def demanded(sources):
    """What is going to be decided, in a 처분사전통지."""
    for inspection, each in announced(sources):
        yield Line(
            f"letter:disposition:{each.pk}", f"{prefix(sources, inspection)}{_formal(each)}", 2, "line", SUB
        )


def grounds(sources):
    """Titles of the laws that the announced dispositions rest on, each once."""
    return list(dict.fromkeys(each.basis for _, each in announced(sources) if each.basis))


def result(sources):
    """What was decided, its grounds, and how one may go against it, in a 결과통지."""
    found = decided(sources)
    if not found:
        return
    yield Line("letter:dispositions", "처분", 1, "line", ITEM)
    for inspection, each in found:
        yield Line(
            f"letter:disposition:{each.pk}", f"{prefix(sources, inspection)}{_formal(each)}", 2, "line", SUB
        )
        if each.basis:
            yield Line(f"letter:disposition:{each.pk}:basis", f"법적 근거: {each.basis}", 2, "line", SUB)
    if any(each.disposition_type.is_disposal for _, each in found):
        yield Line("letter:appeal", f"불복 방법: {appeals()}", 1, "line", ITEM)


def appeals():
    """행정절차법 제26조: how and until when one may go against a disposition."""
    rules = DeadlineRule.objects.filter(purpose=DeadlineRule.Purpose.APPEAL, is_active=True).order_by(
        "length"
    )
    ways = [f"{rule.name}({rule.length}{rule.get_unit_display()} 이내, {rule.basis})" for rule in rules]
    text = ", ".join(ways) or "행정심판, 행정소송"
    return f"처분이 있음을 안 날부터 다음 기간에 할 수 있습니다. {text}"


def _formal(disposition):
    text = " ".join(disposition.text.split())
    facts = ", ".join(facts_of(disposition, lambda day: dates.long_date(day, with_weekday=True)))
    name = disposition.disposition_type.name
    return f"{name}{f': {text}' if text else ''}{f' ({facts})' if facts else ''}"
