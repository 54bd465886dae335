"""verify_archive: a hand that goes past the program is found, and told where it was."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import triggers
from audit.models import Event
from reports import archive
from reports.models import Document, Edition, EditionFile, NumberCounter
from reports.tests.factories import AttachmentFactory, Office, approved, draft, quick_rendering

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(prefix="공정경제담당관")


@pytest.fixture
def papers(office):
    """Two issued papers, the first with an attachment; then the guards of the database are taken away."""
    with quick_rendering():
        first = AttachmentFactory(document=draft(office)).document
        found = [approved(office, document=first), approved(office)]
    assert list(archive.problems()) == []
    triggers.uninstall(connection)
    return found


def told():
    return list(archive.problems())


def test_an_archive_that_is_whole(office, capsys):
    with quick_rendering():
        approved(office)

    call_command("verify_archive")

    assert "확정본 1건과 이력을 확인했습니다. 바뀐 것이 없습니다." in capsys.readouterr().out


@pytest.mark.parametrize("column", ["html", "pdf", "hwpx", "pdf_sha256", "tree", "content_sha256"])
def test_every_column_of_a_frozen_paper_is_checked(papers, column, capsys):
    value = {"pdf": b"%PDF-1.7 other", "hwpx": b"PK other", "tree": {"title": "다른 제목"}}.get(
        column, "다름"
    )
    Edition.objects.filter(document=papers[0]).update(**{column: value})

    (problem,) = told()

    assert problem.startswith(f"공정경제담당관-1 {papers[0]}: ")
    with pytest.raises(CommandError):
        call_command("verify_archive")
    assert problem in capsys.readouterr().out


@pytest.mark.parametrize("column", ["pdf", "hwpx"])
def test_an_attachment_is_checked(papers, column):
    EditionFile.objects.update(**{column: b"other"})

    assert "붙임 파일의 해시가 다릅니다" in told()[0]


def test_what_was_signed_is_checked(papers):
    round_ = papers[0].rounds.get()
    round_.content["paper"]["title"] = "나중에 바꾼 제목"
    type(round_).objects.filter(pk=round_.pk).update(content=round_.content)

    assert [problem.partition(": ")[2] for problem in told()] == [
        "서명한 내용의 해시가 다릅니다.",
        "확정본의 본문이 서명한 내용과 다릅니다.",
    ]


def test_a_paper_that_is_gone_and_a_number_of_ones_own(papers, office):
    EditionFile.objects.all().delete()
    Edition.objects.filter(document=papers[0]).delete()
    Document.objects.filter(pk=papers[1].pk).update(number=9)
    NumberCounter.objects.update(last=2)

    found = told()

    assert f"공정경제담당관-1 {papers[0]}: 확정본이 없습니다." in found
    assert any("9번이 문서번호 대장보다 큽니다." in problem for problem in found)


def test_the_history_is_checked(papers):
    event = Event.objects.filter(chain=f"document:{papers[0].pk}").first()
    Event.objects.filter(pk=event.pk).update(actor_name="다른 사람")

    assert told() == [f"document:{papers[0].pk}: {event.seq}번 이력의 내용이 바뀌었습니다."]
