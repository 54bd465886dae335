"""The register in the admin, for 총괄 alone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import clock
from contractors.models import Agreement, Contractor, Subject
from contractors.tests.factories import (
    AgreementAmountFactory,
    AgreementFactory,
    ContractorFactory,
    ContractorUserFactory,
    SubjectFactory,
    SubjectKindFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["contractor", "subject", "agreement", "contractoruser", "subjectkind"]


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(superintendent=True))
    return client


def url(model, page="changelist", *args):
    return reverse(f"admin:contractors_{model}_{page}", args=args)


def contractor_data(**changes):
    return {"name": "(사)새빛", "business_number": "", "is_active": "on"} | changes


def agreement_data(agreement, **changes):
    data = {"subject": agreement.subject_id, "contractor": agreement.contractor_id}
    dates = {"starts_on": "2030-01-01", "ends_on": "2030-12-31"}
    forms = {
        "amounts-TOTAL_FORMS": 1,
        "amounts-INITIAL_FORMS": 0,
        "amounts-0-year": 2030,
        "amounts-0-won": 5000,
    }
    return data | dates | forms | changes


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("role", [{}, {"approver": True}, {"viewer": True}, {"contractor": True}])
def test_nobody_but_the_superintendent_enters(client, model, role):
    assert client.get(url(model)).status_code == 302
    client.force_login(UserFactory(**role))
    assert client.get(url(model)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [("contractor", 4), ("subject", 8), ("agreement", 6)])
def test_a_list_takes_the_same_queries_however_long(admin, django_assert_num_queries, model, queries, rows):
    # session, user, count, rows, departments and kinds to filter by; of subjects districts and agreements
    for _ in range(rows):
        AgreementFactory(ends_on=dt.date(2030, 12, 31))
    admin.get(url(model))

    with django_assert_num_queries(queries):
        assert admin.get(url(model)).status_code == 200


def test_a_contractor_is_found_by_name_number_and_address(admin):
    ContractorFactory(name="㈔한빛연구회", business_number="124-81-00998", address="서울특별시 중구")
    ContractorFactory(name="다른 기관")

    for term in ["한빛", "1248100998", "124-81-00998", "중구", "\u1112\u1161\u11ab\u1107\u1175\u11be"]:
        found = admin.get(url("contractor"), {"q": term}).context["cl"].queryset
        assert [contractor.name for contractor in found] == ["㈔한빛연구회"], term


@pytest.mark.parametrize(
    ("state", "names"),
    [("running", ["가"]), ("ending", ["가"]), ("ended", ["나"]), ("none", ["다"]), ("coming", [])],
)
def test_contractors_and_subjects_are_filtered_by_their_agreements(admin, state, names):
    today = clock.today()
    for name, ends_on in [("가", today.replace(month=12, day=31)), ("나", dt.date(2021, 1, 1))]:
        AgreementFactory(contractor__name=name, subject__name=name, ends_on=ends_on)
    ContractorFactory(name="다")
    SubjectFactory(name="다")

    for model in ["contractor", "subject"]:
        found = admin.get(url(model), {"agreement": state}).context["cl"].queryset
        assert [row.name for row in found] == names


def test_a_business_number_that_does_not_check_is_warned_about_and_saved(admin):
    response = admin.post(
        url("contractor", "add"), contractor_data(business_number="123 45 67890"), follow=True
    )

    assert Contractor.objects.get().business_number == "123-45-67890"
    assert any("검증 숫자가 맞지 않습니다: 123-45-67890" in message for message in messages_of(response))


def test_a_similar_name_is_warned_about(admin):
    ContractorFactory(name="사단법인 새빛")

    response = admin.post(url("contractor", "add"), contractor_data(), follow=True)

    assert any(
        "비슷한 이름의 수탁기관이 이미 있습니다: 사단법인 새빛" in message
        for message in messages_of(response)
    )


def test_a_wrong_number_keeps_what_was_typed(admin):
    response = admin.post(
        url("contractor", "add"), contractor_data(business_number="12-3", memo="적어 둔 말")
    )

    assert "숫자 열 자리입니다" in response.content.decode()
    assert "적어 둔 말" in response.content.decode()
    assert not Contractor.objects.exists()


def test_an_overlap_is_refused_with_the_name_of_the_other(admin):
    agreement = AgreementFactory()
    data = agreement_data(agreement, starts_on="2022-12-31", ends_on="2023-12-31")

    response = admin.post(url("agreement", "add"), data)

    assert (
        escape(f"같은 점검대상과 수탁기관의 협약과 기간이 겹칩니다: {agreement}.")
        in response.content.decode()
    )
    assert Agreement.objects.count() == 1


def test_an_overlap_with_another_contractor_warns(admin):
    agreement = AgreementFactory()
    data = agreement_data(
        agreement, contractor=ContractorFactory().pk, starts_on="2022-12-01", ends_on="2023-12-31"
    )

    response = admin.post(url("agreement", "add"), data, follow=True)

    assert any("다른 수탁기관의 협약이 같은 때에 있습니다" in message for message in messages_of(response))
    assert Agreement.objects.count() == 2


def test_amounts_are_entered_with_their_agreement(admin):
    agreement = AgreementFactory()

    admin.post(url("agreement", "add"), agreement_data(agreement))

    assert [(amount.year, amount.won) for amount in Agreement.objects.first().amounts.all()] == [(2030, 5000)]


def test_the_history_says_which_field_went_from_what_to_what(admin):
    subject = SubjectFactory(name="센터", district="중구", is_active=True)
    office = DepartmentFactory(name="새과")
    data = {
        "kind": subject.kind_id, "name": "센터", "department": office.pk, "district": "강남구",
        "sites-TOTAL_FORMS": 0, "sites-INITIAL_FORMS": 0,
    }  # fmt: skip

    admin.post(url("subject", "change", subject.pk), data)
    page = admin.get(url("subject", "history", subject.pk)).content.decode()

    assert "<del>중구</del> → <ins>강남구</ins>" in page
    assert f"<del>{subject.department}</del> → <ins>새과</ins>" in page
    assert "<del>예</del> → <ins>아니오</ins>" in page
    assert "총괄 관리자" in page
    assert "sort key" not in page


def test_the_history_of_an_agreement_tells_its_amounts(admin):
    amount = AgreementAmountFactory(won=1000)
    amount.won = 2000
    amount.save()

    page = admin.get(url("agreement", "history", amount.agreement_id)).content.decode()

    assert "2020년 1,000원" in page
    assert "2020년 2,000원" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_history_takes_the_same_queries_however_long(admin, django_assert_num_queries, rows):
    subject = SubjectFactory()
    for number in range(rows):
        subject.district = f"{number}구"
        subject.save()

    with django_assert_num_queries(6):  # session, user, changes with their departments, kinds and parents
        admin.get(url("subject", "history", subject.pk))


def test_what_is_used_is_not_deleted_but_switched_off(admin):
    agreement = AgreementFactory()

    for model, row in [("contractor", agreement.contractor), ("subject", agreement.subject)]:
        response = admin.post(url(model, "delete", row.pk), {"post": "yes"}, follow=True)
        assert "쓰이고 있어 지울 수 없습니다. 지우지 말고 ‘사용’을 꺼 주세요." in messages_of(response)[0]
    assert (Contractor.objects.count(), Subject.objects.count()) == (1, 1)


def test_what_is_not_used_may_go(admin):
    contractor = ContractorFactory()

    admin.post(url("contractor", "delete", contractor.pk), {"post": "yes"})

    assert not Contractor.objects.exists()
    assert Contractor.history.first().history_type == "-"


def test_kinds_are_an_editable_table(admin):
    kind = SubjectKindFactory()
    data = {"name": "대행 시설", "is_commission": "on", "order": 5}

    admin.post(url("subjectkind", "change", kind.pk), data)

    kind.refresh_from_db()
    assert kind.name == "대행 시설"


def test_only_a_contractors_user_speaks_for_a_contractor(admin):
    speaker, official = UserFactory(contractor=True), UserFactory()
    contractor = ContractorFactory()

    refused = admin.post(url("contractoruser", "add"), {"user": official.pk, "contractor": contractor.pk})
    admin.post(url("contractoruser", "add"), {"user": speaker.pk, "contractor": contractor.pk})

    assert refused.status_code == 200
    assert [user.user for user in contractor.users.all()] == [speaker]


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_every_page_is_shown(admin, model, page):
    ContractorUserFactory()
    AgreementAmountFactory()

    assert admin.get(url(model, page)).status_code == 200


def test_a_subject_shows_the_sites_below_it(admin):
    site = SubjectFactory(site=True, name="서초 분소")

    assert "서초 분소" in admin.get(url("subject", "change", site.parent_id)).content.decode()
