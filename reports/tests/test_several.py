"""Several signatures at once, of papers that were opened."""

import pytest
from django.urls import reverse

from reports import workflow
from reports.models import Document
from reports.tests.factories import Office, quick_rendering, sent, signed, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def read(client, user, *documents):
    client.force_login(user)
    for document in documents:
        client.get(url("approval", document.pk))


def sign(client, *steps):
    with quick_rendering():
        response = client.post(url("sign_many"), {"step": [step.pk for step in steps]}, follow=True)
    return response.content.decode()


def test_only_what_was_opened_can_be_ticked(client, office):
    opened, unopened = sent(office), sent(office)
    read(client, office.lead, opened)

    page = client.get(url("approval_list")).content.decode()

    assert f'value="{step_of(opened, office.lead).pk}"' in page
    assert f'name="step" value="{step_of(unopened, office.lead).pk}"' not in page


def test_the_ticked_ones_are_signed_each_by_itself(client, office):
    documents = [sent(office) for _ in range(3)]
    read(client, office.lead, *documents)

    page = sign(client, *[step_of(document, office.lead) for document in documents])

    assert "3건을 처리했습니다" in page
    assert {step_of(document, office.lead).status for document in documents} == {"signed"}


def test_several_papers_are_decided_with_numbers_one_after_the_other(client, office):
    documents = [signed(office) for _ in range(3)]
    read(client, office.head, *documents)

    sign(client, *[step_of(document, office.head) for document in documents])

    assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_what_was_not_opened_is_refused_whatever_is_posted(client, office):
    document = sent(office)
    client.force_login(office.lead)

    page = sign(client, step_of(document, office.lead))

    assert "열어 본 다음" in page
    assert step_of(document, office.lead).status == "waiting"


def test_what_was_opened_in_an_earlier_round_has_to_be_opened_again(client, office):
    document = sent(office)
    read(client, office.lead, document)
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    workflow.request(document, office.line, by=office.drafter)

    assert "열어 본 다음" in sign(client, step_of(document, office.lead))


def test_the_steps_of_others_are_not_signed(client, office):
    document = sent(office)
    read(client, office.head, document)

    page = sign(client, step_of(document, office.lead))

    assert "처리했습니다" not in page
    assert step_of(document, office.lead).status == "waiting"


@pytest.mark.parametrize("steps", [[], ["x"], ["9" * 30]])
def test_nothing_ticked_is_said_in_words(client, office, steps):
    client.force_login(office.lead)

    page = client.post(url("sign_many"), {"step": steps}, follow=True).content.decode()

    assert "열어 본 문서만" in page
