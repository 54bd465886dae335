"""Making papers of every kind in the browser's way, and the head and foot of a letter."""

import pytest
from django.urls import reverse

from inspections.tests.factories import InspectionFactory
from reports import creating
from reports.models import Document
from reports.tests.factories import Office, approved, draft

pytestmark = pytest.mark.django_db
Kind = Document.Kind


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def drafter(client, office):
    client.force_login(office.drafter)
    return client


def inspection_of(office, **state):
    return InspectionFactory(
        department=office.department, part__period__department=office.department, **(state or {"done": True})
    )


def letter_of(office, inspection):
    return creating.create([inspection], by=office.drafter, kind=Kind.OUTCOME)


def test_the_step_of_an_inspection_offers_what_fits_its_state(drafter, office):
    page = drafter.get(
        reverse("reports:inspection_documents", args=[inspection_of(office, in_progress=True).pk])
    )
    choices = [value for value, _ in page.context["kind_form"].fields["kind"].choices]

    assert choices == [Kind.PLAN, Kind.VISIT_NOTICE, Kind.PAPERS, Kind.COOPERATION]


def test_a_letter_is_made_and_opened_for_writing(drafter, office):
    inspection = inspection_of(office)

    response = drafter.post(
        reverse("reports:document_create", args=[inspection.pk]), {"kind": "outcome"}, follow=True
    )

    document = Document.objects.get(kind=Kind.OUTCOME)
    assert response.redirect_chain[-1][0] == reverse("reports:document", args=[document.pk])
    page = response.content.decode()
    assert "결과통지 초안을 지었습니다" in page
    assert '<option value="2">가.</option>' in page.replace(" selected", "")
    assert "수신·발신" in page


@pytest.mark.parametrize("kind", ["", "nonsense", "visit_notice"])
def test_a_kind_that_is_none_or_does_not_fit_is_refused_in_words(drafter, office, kind):
    inspection = inspection_of(office)

    response = drafter.post(
        reverse("reports:document_create", args=[inspection.pk]), {"kind": kind}, follow=True
    )

    assert response.status_code == 200
    assert Document.objects.count() == 0
    assert "notice-error" in response.content.decode()


def test_the_papers_of_a_period_are_made_of_the_chosen_inspections(drafter, office):
    inspection = inspection_of(office)
    second = inspection_of(office, part=inspection.part, done=True)
    period = inspection.part.period

    page = drafter.get(reverse("reports:period_documents", args=[period.pk]))
    assert page.context["form"].initial["inspections"] == [inspection.pk, second.pk]

    response = drafter.post(
        reverse("reports:period_document_create", args=[period.pk]),
        {"kind": "result", "inspections": [inspection.pk, second.pk]},
        follow=True,
    )
    assert "점검 2곳의 기록으로 결과보고 초안을 지었습니다" in response.content.decode()
    assert set(Document.objects.get().inspections.all()) == {inspection, second}
    listed = drafter.get(reverse("reports:period_documents", args=[period.pk])).content.decode()
    assert listed.count('<section class="panel"') == 1


def test_what_cannot_be_made_is_said_on_the_form_and_nothing_chosen_is_lost(drafter, office):
    inspection = inspection_of(office, in_progress=True)

    response = drafter.post(
        reverse("reports:period_document_create", args=[inspection.part.period_id]),
        {"kind": "result", "inspections": [inspection.pk]},
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert "점검을 완료한 다음 결과보고를 만들 수 있습니다" in page
    assert "checked" in page


def test_inspections_of_another_period_are_no_choice(drafter, office):
    inspection, foreign = inspection_of(office), InspectionFactory(done=True)

    response = drafter.post(
        reverse("reports:period_document_create", args=[inspection.part.period_id]),
        {"kind": "result", "inspections": [foreign.pk]},
    )

    assert response.status_code == 422
    assert Document.objects.count() == 0


def test_head_foot_and_references_of_a_letter_are_stored(drafter, office):
    inspection = inspection_of(office)
    report = approved(office, document=draft(office))
    letter = letter_of(office, inspection)
    url = reverse("reports:document_letter", args=[letter.pk])
    assert report.number_text in drafter.get(url).content.decode()

    response = drafter.post(
        url,
        {
            "receivers": "한빛관장\n\n 나루관장 \n한빛관장", "via": "", "organisation": "가온시",
            "sender": "가온시장", "seal": "place", "phone": "02-000-0000", "references": [report.pk],
        },
    )  # fmt: skip

    assert response.status_code == 302
    letter = Document.objects.get(pk=letter.pk)
    assert letter.letter.receivers == ["한빛관장", "나루관장"]
    assert (letter.letter.seal, letter.letter.phone) == ("place", "02-000-0000")
    assert [each.follows for each in letter.references.all()] == [report]


def test_too_many_receivers_are_refused(drafter, office):
    letter = letter_of(office, inspection_of(office))
    receivers = "\n".join(f"{number}관장" for number in range(301))

    response = drafter.post(reverse("reports:document_letter", args=[letter.pk]), {"receivers": receivers})

    assert response.status_code == 422
    assert "300곳까지" in response.content.decode()
    assert "300관장" in response.content.decode()


def test_a_letter_has_no_lead_and_no_cover(drafter, office):
    letter = letter_of(office, inspection_of(office))
    url = reverse("reports:document_facts", args=[letter.pk])
    page = drafter.get(url)

    assert not {"lead", "date_line", "has_cover"} & set(page.context["form"].fields)
    facts = {"title": "새 제목", "disclosure": "open", "retention": "5", "version": letter.version}
    assert drafter.post(url, facts).status_code == 302
    letter.refresh_from_db()
    assert (letter.title, letter.has_cover) == ("새 제목", False)


def test_an_issued_letter_is_shown_and_frozen_as_a_letter(drafter, office, settings):
    settings.ORGANISATION_NAME, settings.ORGANISATION_SENDER = "가온시", "가온시장"
    letter = approved(office, document=letter_of(office, inspection_of(office)))

    page = drafter.get(reverse("reports:document", args=[letter.pk])).content.decode()

    assert letter.edition.tree["letter"]["sender"] == "가온시장"
    assert "시행" in page
    assert letter.number_text in page
