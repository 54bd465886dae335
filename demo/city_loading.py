"""The register of the demo city: what 총괄 would have typed in or imported on the first day."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Department, User
from audit.recording import record
from contractors.models import Agreement, AgreementAmount, Contractor, ContractorUser, Subject, SubjectKind
from demo import city, sheets
from inspections.models import Basis
from reports.models import NumberCounter

# So that case 1 gets its number in the ordinary way: the city's other system shares the series.
COUNTERS = {("공정경제담당관", 2021): 792, ("공정경제담당관", 2020): 611}


def load():
    for name, kind, above, prefix in city.DEPARTMENTS:
        parent = Department.objects.get(name=above) if above else None
        contact = city.CONTACT if kind == "office" else {}
        _ensure(Department, {"name": name}, kind=kind, parent=parent, prefix=prefix, **contact)
    password = make_password(settings.DEMO_PASSWORD)  # once: hashing is meant to be slow
    for username, person in city.PEOPLE.items():
        _person(username, password, *person)
    admin = User.objects.get(username="admin")
    for name, (form, number, address) in city.CONTRACTORS.items():
        facts = {"legal_form": form, "business_number": number, "address": address, "phone": "02-0000-0000"}
        _ensure(Contractor, {"name": name}, by=admin, **facts)
    _ensure(
        ContractorUser,
        {"user": User.objects.get(username="center")},
        contractor=Contractor.objects.get(name="(사)한국소비자연맹"),
    )
    for name, subject in city.SUBJECTS.items():
        _subject(admin, name, *subject)
    for agreement in city.AGREEMENTS:
        _agreement(admin, *agreement)
    for kind, title, article in city.BASES:
        _ensure(Basis, {"kind": kind, "title": title, "article": article})
    for (office, year), last in COUNTERS.items():
        _ensure(NumberCounter, {"department": Department.objects.get(name=office), "year": year}, last=last)
    sheets.load(admin)


def _ensure(model, lookup, *, by=None, **fields):
    """What the admin's form does: validate, save, tell. A row that is there already stays as it is."""
    found = model.objects.filter(**lookup).first()
    if found:
        return found
    row = model(**lookup, **fields)
    row.full_clean()
    row.save()
    record("add", row, by=by)
    return row


def _person(username, password, name, role, position, rank, department):
    if User.objects.filter(username=username).exists():
        return
    unit = Department.objects.get(name=department) if department else None
    user = User(username=username, name=name, role=role, position=position, rank=rank, department=unit)
    user.email = f"{username}@city.example"
    user.password = password
    user.full_clean()
    user.save()
    record("add", user, by=None)


def _subject(admin, name, kind, office, parent, district, classification, address):
    _ensure(
        Subject, {"name": name}, by=admin,
        kind=SubjectKind.objects.get_or_create(name=kind)[0], department=Department.objects.get(name=office),
        parent=Subject.objects.get(name=parent) if parent else None,
        district=district, classification=classification, address=address,
    )  # fmt: skip


def _agreement(admin, subject, contractor, starts_on, ends_on, won, clause):
    agreement = _ensure(
        Agreement,
        {
            "subject": Subject.objects.get(name=subject),
            "contractor": Contractor.objects.get(name=contractor),
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
        by=admin,
        funding="위탁금(시비)",
        inspection_clause=clause,
    )
    last = min(ends_on.year, dt.date(2027, 1, 1).year)
    for year in range(starts_on.year, last + 1):
        AgreementAmount.objects.get_or_create(agreement=agreement, year=year, defaults={"won": won})
