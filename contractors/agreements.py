"""What is odd about an agreement but may be so; Agreement.clean and the triggers refuse what may not."""

from contractors.models import Agreement, Subject

SHOWN = 3


def lock_subject(agreement):
    """Make two people who enter agreements of one subject at once wait for each other."""
    list(Subject.objects.select_for_update(of=("self",), no_key=True).filter(pk=agreement.subject_id))


def oddities(agreement):
    """Sentences for the user. Joint contractors and weeks of handing over are lawful: nothing is refused."""
    return [*_overlaps(agreement), *_wrong_predecessor(agreement)]


def _overlaps(agreement):
    others = Agreement.objects.overlapping(agreement).exclude(contractor=agreement.contractor_id)
    names = [f"{other.contractor} ({other.dates})" for other in others.select_related("contractor")[:SHOWN]]
    if not names:
        return []
    return [
        f"같은 점검대상에 다른 수탁기관의 협약이 같은 때에 있습니다: {', '.join(names)}. "
        "공동 수탁이나 인수인계 기간이 아니면 기간을 확인해 주세요."
    ]


def _wrong_predecessor(agreement):
    before = agreement.renews
    if before and before.subject_id != agreement.subject_id:
        return [f"갱신·변경 전 협약이 다른 점검대상의 것입니다: {before}"]
    if before and before.starts_on > agreement.starts_on:
        return [f"갱신·변경 전 협약이 이 협약보다 늦게 시작합니다: {before}"]
    return []
