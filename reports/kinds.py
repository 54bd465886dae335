"""What each kind of paper is for: when it may be made, what it goes on from, and how it is called."""

from dataclasses import dataclass

from inspections.models import Inspection
from inspections.workflow import TransitionError
from notation.particles import with_particle
from reports.models import Document

Kind = Document.Kind
Status = Inspection.Status
BEFORE = frozenset({Status.PLANNED, Status.IN_PROGRESS})
DONE = frozenset({Status.DONE})
ASIDE = frozenset({Status.EXCLUDED, Status.NOT_DONE})
# Of these only one is written at a time; letters may go to one addressee after the other.
ONE_AT_A_TIME = {Kind.PLAN, Kind.RESULT, Kind.FOLLOW_UP}


@dataclass(frozen=True)
class Rule:
    """`states` of the inspections it is about; `follows`: kinds it goes on from, the likeliest first.

    `title` and `lead` are filled with {matter} (2026년 한빛도서관 민간위탁 지도·점검, of many the name of the
    period), with {what} is inspected, and with how it is {run}.
    """

    states: frozenset
    title: str
    lead: str = ""
    follows: tuple = ()


RULES = {
    Kind.PLAN: Rule(
        BEFORE | DONE, "{matter} 계획",
        "{matter} 계획을 다음과 같이 수립하여 시행하고자 함",
    ),
    Kind.RESULT: Rule(
        DONE, "{matter} 결과보고",
        "「{what}」 {run} 지도·점검하고 그 결과를 보고 드림", (Kind.PLAN,),
    ),
    Kind.FOLLOW_UP: Rule(
        DONE, "{matter} 조치결과보고", "{matter} 결과에 따른 조치결과를 보고 드림",
        (Kind.RESULT, Kind.CORRECTION),
    ),
    Kind.VISIT_NOTICE: Rule(BEFORE, "{matter} 실시 통지", follows=(Kind.PLAN,)),
    Kind.PAPERS: Rule(
        BEFORE, "{matter} 자료 제출 요청", follows=(Kind.VISIT_NOTICE, Kind.PLAN)
    ),
    Kind.HEARING: Rule(DONE, "처분 사전통지({what})", follows=(Kind.RESULT,)),
    Kind.OUTCOME: Rule(DONE, "{matter} 결과 통지", follows=(Kind.RESULT,)),
    Kind.CORRECTION: Rule(
        DONE, "{matter} 결과에 따른 시정 요구", follows=(Kind.RESULT, Kind.OUTCOME)
    ),
    Kind.COOPERATION: Rule(
        BEFORE | DONE, "{matter} 관련 업무협조 요청", follows=(Kind.RESULT, Kind.PLAN)
    ),
}  # fmt: skip


def possible(inspections):
    """The kinds that may be made of these inspections as they stand, in the order of the work."""
    return [kind for kind in Kind if fits(kind, inspections)]


def fits(kind, inspections):
    """All are in a state the kind is for; where there are several, some may have been put aside."""
    states = {inspection.status for inspection in inspections}
    wanted = RULES[kind].states
    return bool(states & wanted) and states <= (wanted | (ASIDE if len(inspections) > 1 else frozenset()))


def check(kind, inspections):
    """Refuse to make or to send a paper whose inspections are not that far, or not any more."""
    if not inspections:
        raise TransitionError("문서에 담을 점검을 하나 이상 고르세요.")
    if len({inspection.department_id for inspection in inspections}) > 1:
        raise TransitionError("한 문서에는 같은 처리과의 점검만 담을 수 있습니다.")
    if not fits(kind, inspections):
        raise TransitionError(_why_not(kind))


def check_before_sending(kind, inspections):
    """The inspections may have moved on, or back, since the draft was made."""
    if fits(kind, inspections):
        return
    if RULES[kind].states == DONE:
        raise TransitionError("다시 연 점검이 있습니다. 점검을 완료한 다음 결재를 요청해 주세요.")
    raise TransitionError(
        "그 사이 점검의 상태가 바뀌어 이 문서와 맞지 않습니다. 점검을 확인한 다음 결재를 요청해 주세요."
    )


def proposed(kind, sources):
    """Title, registered title and lead of a new paper."""
    subject = sources.first.subject
    commission = "민간위탁 " if subject.kind.is_commission else ""
    period = sources.first.part.period
    single = f"{period.year}년 {sources.what} {commission}지도·점검"
    words = {
        "what": sources.what,
        "matter": single if sources.is_single else period.title,
        "run": "위탁사무가 어떻게 운영되는지" if subject.kind.is_commission else "운영 실태를",
    }
    rule = RULES[kind]
    title = rule.title.format(**words)
    return {"title": title, "registered_title": _registered(title, words), "lead": rule.lead.format(**words)}


def _registered(title, words):
    """As papers are registered: the name in quotes, without the middle dot."""
    return title.replace(words["what"], f"'{words['what']}'").replace("지도·점검", "지도점검")


def _why_not(kind):
    paper = with_particle(Kind(kind).label, "을/를")
    if RULES[kind].states == DONE:
        return f"점검을 완료한 다음 {paper} 만들 수 있습니다."
    return f"점검하기 전이나 점검하는 동안에만 {paper} 만들 수 있습니다."
