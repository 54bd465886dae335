"""점검계획: on what ground, when, whom, what is looked at, and what comes after."""

from notation import dates
from reports.composing import overview, team
from reports.composing.line import BOXED, CIRCLE, DASH, Line

TARGETS_HEAD = ("연번", "점검대상", "수탁기관", "점검일시", "점검자")


def lines(sources):
    if sources.grounds:
        yield Line("plan:grounds", "점검근거", 0, "heading", BOXED)
        for number, ground in enumerate(sources.grounds, 1):
            yield Line(f"plan:ground:{number}", ground, 1, "line", CIRCLE)
    yield from _overview(sources)
    yield from _matter(sources)
    yield from _afterwards()


def _overview(sources):
    yield Line("plan", "점검개요", 0, "heading", BOXED)
    yield Line("plan:when", f"점검기간: {period(sources)}", 1, "line", CIRCLE)
    yield Line("plan:what", f"점검대상: {sources.what}", 1, "line", CIRCLE)
    methods = dict.fromkeys(overview.how(inspection) for inspection in sources.active)
    yield Line("plan:how", f"점검방법: {' / '.join(methods) or '점검 계획에 따름'}", 1, "line", CIRCLE)
    rows = [_target(number, each) for number, each in enumerate(sources.active, 1)]
    payload = {"caption": "점검대상과 일정", "unit": "", "rows": [list(TARGETS_HEAD), *rows]}
    yield Line("plan:targets", "", 1, "table", payload=payload)


def period(sources):
    first, last = sources.starts_and_ends
    return dates.short_range(first, last, with_weekday=True)


def _target(number, inspection):
    who = ", ".join(team.groups(inspection)) or "-"
    contractor = overview.contractors(inspection) or "-"
    return [str(number), str(inspection.subject), contractor, overview.when(inspection), who]


def _matter(sources):
    """What the sheets ask, each sheet once: its areas with their indicators."""
    sheets = {inspection.checklist_id: inspection.checklist for inspection in sources.active}
    sheets.pop(None, None)
    if not sheets:
        return
    yield Line("plan:matter", "점검내용", 0, "heading", BOXED)
    for checklist in sheets.values():
        for area, names in areas(checklist).items():
            key = f"plan:matter:{checklist.pk}:{area}"
            yield Line(key, f"{area}: {', '.join(names)}" if area else ", ".join(names), 1, "line", CIRCLE)


def areas(checklist):
    """Area → the names of its indicators, in the order of the sheet."""
    found = {}
    for indicator in checklist.indicators.all():
        found.setdefault(indicator.area, []).append(indicator.name)
    return found


def _afterwards():
    yield Line("plan:after", "향후계획", 0, "heading", BOXED)
    yield Line("plan:after:report", "점검이 끝나면 결과보고 후 수탁기관에 통지", 1, "line", CIRCLE)
    yield Line(
        "plan:after:follow", "시정이 필요한 사항은 기한을 정하여 요구하고 이행 여부 확인", 1, "line", CIRCLE
    )
    yield Line("plan:after:follow:late", "기한이 지난 사항은 다음 점검에서 다시 확인", 2, "line", DASH)
