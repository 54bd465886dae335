"""Numbers too large, signs that do not belong, fields given twice: told or not found, never an error."""

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory
from inspections.tests.factories import BasisFactory, InspectionFactory, PeriodPartFactory, VisitFactory

pytestmark = pytest.mark.django_db
ODD = ["9" * 30, "9" * 5000, "-1", "1\x00", "²", "<script>", ""]
FIELDS = [
    "after", "month", "previous", "year", "kind", "department", "text", "status", "mine", "due",
    "district", "classification", "inspection", "subject", "round", "title", "bases", "memo",
    "version", "parts-TOTAL_FORMS", "parts-INITIAL_FORMS", "parts-0-pk", "parts-0-starts_on",
    "parts-0-ends_on", "parts-0-precision", "parts-0-checklist", "parts-0-name", "agreement",
    "joint_agreements", "checklist", "covers_from", "covers_to", "covers_precision", "methods",
    "method_note", "user", "name", "headcount", "role", "status_reason", "note", "starts_on",
    "ends_on", "daily_from", "daily_to", "method", "place", "reason",
]  # fmt: skip


@pytest.fixture
def addresses(client):
    inspector = UserFactory()
    client.force_login(inspector)
    part = PeriodPartFactory(period__department=inspector.department)
    agreement = AgreementFactory(subject__department=inspector.department)
    AgreementFactory(subject=agreement.subject)
    BasisFactory()
    inspection = InspectionFactory(
        part=part, department=inspector.department, subject=agreement.subject, agreement=agreement
    )
    visit = VisitFactory(inspection=inspection)
    named = {
        "": ["list", "calendar", "period_list", "period_create", "period_more_parts"],
        "period": [
            "period_detail",
            "period_update",
            "period_more_parts",
            "period_take_back",
            "targets_exclude",
        ],
        "part": ["targets", "targets_add"],
        "inspection": ["detail", "plan_update", "exclude", "give_up", "take_back", "member_create", "visits"],
        "new": ["visit_create"],
        "visit": ["visit_update", "visit_postpone", "visit_withdraw"],
    }
    keys = {
        "": [], "period": [part.period_id], "part": [part.period_id, part.pk], "inspection": [inspection.pk],
        "new": [inspection.pk], "visit": [inspection.pk, visit.pk],
    }  # fmt: skip
    return [reverse(f"inspections:{name}", args=keys[of]) for of, names in named.items() for name in names]


@pytest.mark.parametrize("value", ODD, ids=[ascii(value[:12]) + str(len(value)) for value in ODD])
def test_odd_values_are_never_an_error(client, addresses, value):
    client.raise_request_exception = False
    data = {name: [value, value] for name in FIELDS}
    answers = [(address, client.get(address, data).status_code) for address in addresses]
    answers += [(address, client.post(address, data).status_code) for address in addresses]

    assert [answer for answer in answers if answer[1] >= 500] == []


@pytest.mark.parametrize("key", ["9" * 30, "0"])
def test_an_inspection_of_an_odd_number_is_not_there(client, addresses, key):
    assert client.get(f"/inspections/{key}/").status_code == 404
