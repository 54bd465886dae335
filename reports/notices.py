"""결재 알림 by mail and in 내 업무: whose turn it is, and what became of one's paper.

The mail holds a link and never a word of the paper.

Sent when the transaction has been committed, one to each person concerned. A mail server that fails is logged
and undoes nothing: the box on the site says the same.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from audit import clock
from reports import absences, steps
from reports.models import Notice

PREFIX = "[살핌] "
FOOT = "내용은 메일에 적지 않습니다. 로그인해서 확인해 주세요."


def your_turn(document, round_):
    """To whoever signs next; nobody, if nobody is left."""
    for step in steps.current(round_):
        text = f"{step.get_act_display()}할 문서가 결재함에 들어왔습니다."
        for user in _addressees(step):
            _tell(user, text, "reports:approval", document)


def sent_back(document, step):
    text = f"{step.get_act_display()} 단계에서 문서가 반려되었습니다."
    _tell(document.drafter, text, "reports:document", document)


def corrected(document, by):
    _tell(document.drafter, f"{by}님이 결재 중에 문서를 고쳤습니다.", "reports:approval", document)


def held(document, step):
    text = f"{step.get_act_display()} 단계에서 문서를 보류했습니다."
    _tell(document.drafter, text, "reports:document", document)


def decided(document):
    _tell(document.drafter, "문서의 결재가 끝났습니다.", "reports:document", document)


def asked_to_write(document, user):
    _tell(user, f"{document.drafter}님의 초안을 함께 쓰게 되었습니다.", "reports:document", document)


def taken_back(round_):
    """To whoever had it in his box."""
    for step in steps.current(round_):
        for user in _addressees(step):
            _tell(user, "결재 요청이 취소되었습니다.", "reports:approval_list")


def _addressees(step):
    """The signer, and whoever stands in for him today."""
    return [step.assignee, *User.objects.filter(pk__in=absences.substitutes_of(step.assignee))]


def to_be_read(document, user):
    _tell(user, "공람할 문서가 있습니다.", "reports:document", document)


def _tell(user, text, name, document=None):
    if not user.is_active:
        return
    if document:
        page = name.removeprefix("reports:")
        Notice.objects.create(user=user, document=document, text=text, page=page, told_at=clock.now())
    if user.email:
        _mail(user, text, settings.SITE_URL + reverse(name, args=[document.pk] if document else []))


def _mail(user, text, address):
    body = f"{text}\n\n{address}\n\n{FOOT}\n"

    def send():
        send_mail(f"{PREFIX}{text}", body, None, [user.email])

    transaction.on_commit(send, robust=True)
