"""□ 점검개요: when, what, who, how and on what ground."""

from inspections.models import Inspection
from inspections.models.period import DatePrecision
from notation import dates
from reports.composing import team
from reports.composing.line import BOXED, COUNTED, DASH, Line

UNTIL_SITES = 6  # more sites than this are counted, not listed


def lines(inspection):
    yield Line("overview", "점검개요", 0, "heading", BOXED)
    yield from _when(inspection)
    yield from _what(inspection)
    yield from _who(inspection)
    yield Line("overview:how", f"점검방법: {how(inspection)}", 1, "line", COUNTED)
    yield from _grounds(inspection)


def _when(inspection):
    visits = [visit for visit in inspection.visits.all() if visit.withdrawn_at is None]
    if len(visits) == 1:
        yield Line("overview:when", f"점검일시: {visit_time(visits[0])}", 1, "line", COUNTED)
        yield from _postponed(visits[0], depth=2)
    elif visits:
        yield Line("overview:when", f"점검일시: {len(visits)}회 방문", 1, "line", COUNTED)
        for visit in visits:
            place = f" {visit.place}" if visit.place else ""
            text = f"{visit_time(visit)}{place} ({visit.get_method_display()})"
            yield Line(f"overview:visit:{visit.pk}", text, 2, "line", DASH)
            yield from _postponed(visit, depth=3)
    else:
        yield Line("overview:when", f"점검기간: {part_time(inspection.part)}", 1, "line", COUNTED)


def when(inspection):
    """All visits in one line, for the facts of the checklist."""
    visits = [visit for visit in inspection.visits.all() if visit.withdrawn_at is None]
    return ", ".join(visit_time(visit) for visit in visits) or part_time(inspection.part)


def visit_time(visit):
    days = dates.short_range(visit.starts_on, visit.ends_on, with_weekday=True)
    if visit.daily_from is None:
        return days
    if visit.daily_to is None:
        return f"{days} {dates.clock(visit.daily_from)}"
    each = "매일 " if visit.ends_on > visit.starts_on else ""
    return f"{days} {each}{dates.clock_range(visit.daily_from, visit.daily_to)}"


def part_time(part):
    month = part.precision == DatePrecision.MONTH
    return dates.short_range(part.starts_on, part.ends_on, month_start=month, month_end=month)


def _postponed(visit, depth):
    for moved in visit.postponements.all():
        planned = dates.short_range(moved.from_starts_on, moved.from_ends_on, with_weekday=True)
        text = f"당초 {planned} 예정이었으나 {reason_of(moved.reason)} 연기"
        yield Line(f"overview:postponed:{moved.pk}", text, depth, "note")


def reason_of(reason):
    """The typed reason so that it reads on into 연기: `건물 폐쇄에 따라`; what already reads on stays."""
    reason = reason.strip().rstrip(".").removesuffix("연기").strip()
    reads_on = reason.endswith(("로", "하여", "되어", "따라", "인해", "때문에"))
    return reason if reads_on else f"{reason}에 따라"


def _what(inspection):
    yield Line("overview:what", f"점검대상: {inspection.subject}", 1, "line", COUNTED)
    if text := contractors(inspection):
        yield Line("overview:contractor", f"수탁기관: {text}", 2, "line", DASH)
    if text := sites(inspection):
        yield Line("overview:sites", f"시설: {text}", 2, "line", DASH)
    if text := covered(inspection):
        yield Line("overview:covers", f"대상기간: {text}", 2, "line", DASH)


def contractors(inspection):
    """The contractor, and those who run the subject jointly with it."""
    joint = [agreement.contractor for agreement in inspection.joint_agreements.all()]
    return ", ".join(str(contractor) for contractor in [inspection.contractor, *joint] if contractor)


def sites(inspection):
    """Those that were inspected, or all there are where none were chosen."""
    chosen = inspection.sites.all() or [site for site in inspection.subject.sites.all() if site.is_active]
    names = [site.name for site in chosen]
    listed = ", ".join(names[:UNTIL_SITES])
    return f"{listed} 등 {len(names)}곳" if len(names) > UNTIL_SITES else listed


def covered(inspection):
    """’20. 1. 1. ~ ’20. 12월 현재; a start without an end is only possible with 현재."""
    if inspection.covers_from is None:
        return ""
    month = inspection.covers_precision == DatePrecision.MONTH
    return dates.short_range(
        inspection.covers_from, inspection.covers_to, month_end=month, until_now=inspection.covers_to_present
    )


def _who(inspection):
    groups = team.groups(inspection)
    if len(groups) == 1:
        yield Line("overview:who", f"점검자: {groups[0]}", 1, "line", COUNTED)
    elif groups:
        yield Line("overview:who", f"점검자: {team.total(inspection)}인", 1, "line", COUNTED)
        for number, group in enumerate(groups, 1):
            yield Line(f"overview:who:{number}", group, 2, "line", DASH)


def how(inspection):
    methods = [
        Inspection.Method(code).label for code in inspection.methods if code in Inspection.Method.values
    ]
    by = inspection.method_note or _by_sheet(inspection)
    return ", ".join(filter(None, [f"{'·'.join(methods)}점검" if methods else "", by])) or "점검 계획에 따름"


def _by_sheet(inspection):
    if inspection.checklist_id is None:
        return ""
    areas = dict.fromkeys(indicator.area for indicator in inspection.checklist.indicators.all())
    return f"지도점검표에 따라 {'·'.join(areas)} 점검" if areas else ""


def _grounds(inspection):
    bases = [str(basis) for basis in inspection.part.period.bases.all()]
    clause = inspection.agreement.inspection_clause if inspection.agreement_id else ""
    if grounds := [*bases, clause] if clause and clause not in bases else bases:
        yield Line("overview:grounds", f"점검근거: {', '.join(grounds)}", 1, "line", COUNTED)
