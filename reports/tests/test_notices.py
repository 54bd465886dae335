"""결재 알림: a mail to whoever is concerned, after the commit, with a link, without a word of the paper."""

import pytest
from django.core import mail
from django.db import transaction

from inspections.workflow import TransitionError
from reports import issuing, workflow
from reports.tests.factories import Office, draft, quick_rendering, sent, step_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    made = Office()
    for name in ("drafter", "lead", "head", "neighbour"):
        user = getattr(made, name)
        user.email = f"{name}@city.example.kr"
        user.save()
    return made


def mails():
    """[(to, subject)] since the last look."""
    found = [(each.to[0].partition("@")[0], each.subject) for each in mail.outbox]
    mail.outbox.clear()
    return found


def test_each_is_told_when_it_is_his_turn(office):
    paper = sent(office, line=office.long_line)
    assert mails() == [("lead", "[살핌] 검토할 문서가 결재함에 들어왔습니다.")]
    workflow.sign(step_of(paper, office.lead), by=office.lead)
    assert mails() == [("neighbour", "[살핌] 협조할 문서가 결재함에 들어왔습니다.")]
    workflow.sign(step_of(paper, office.neighbour), by=office.neighbour)
    assert mails() == [("head", "[살핌] 결재할 문서가 결재함에 들어왔습니다.")]
    with quick_rendering():
        issuing.approve(step_of(paper, office.head), by=office.head)
        issuing.approve(step_of(paper, office.head), by=office.head)  # asked twice, told once
    assert mails() == [("drafter", "[살핌] 문서의 결재가 끝났습니다.")]


def test_it_leads_to_the_paper_and_says_nothing_of_it(office, settings):
    settings.SITE_URL = "https://salpim.example.go.kr"
    paper = sent(office, document=draft(office, title="비밀스러운 제목"))
    (told,) = mail.outbox
    assert f"https://salpim.example.go.kr/reports/approvals/{paper.pk}/" in told.body
    mail.outbox.clear()
    workflow.return_(step_of(paper, office.lead), by=office.lead, reason="숨은 까닭")
    (back,) = mail.outbox
    assert back.subject == "[살핌] 검토 단계에서 문서가 반려되었습니다."
    assert f"/reports/{paper.pk}/" in back.body
    for each in (told, back):
        assert not any(word in each.subject + each.body for word in ("비밀스러운", "숨은 까닭"))


def test_taking_it_back_is_told(office):
    paper = sent(office)
    mails()
    workflow.withdraw(paper, by=office.drafter)
    assert mails() == [("lead", "[살핌] 결재 요청이 취소되었습니다.")]


def test_nothing_is_sent_of_what_did_not_happen(office):
    paper = draft(office)
    with transaction.atomic():
        workflow.request(paper, office.line, by=office.drafter)
        transaction.set_rollback(True)
    with pytest.raises(TransitionError):
        workflow.request(paper, [], by=office.drafter)
    assert mails() == []


def test_a_mail_server_that_fails_undoes_nothing(office, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there

    paper = sent(office)

    assert paper.rounds.filter(status="open").exists()
    assert "Error calling" in caplog.text


def test_whoever_has_no_address_gets_none(office):
    office.lead.email = ""
    office.lead.save()
    sent(office)
    assert mails() == []
