"""Several sites in one inspection: items asked at each, answers, files and findings that belong to some."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import SubjectFactory
from inspections import answering, carrying_over, evidence, outlining, planning, sheets
from inspections.answer_rules import Given
from inspections.forms.answer_values import base_of, stored
from inspections.models import Answer, Evidence, Finding
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    FindingFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from inspections.tests.hostile_files import photo
from inspections.workflow import StaleError, TransitionError
from reports.composing import findings, overview, results, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def items():
    """운영 (once), 안전 (at each site), its follow-up (at each site) and a table without rows of its own."""
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    shared = {"indicator": indicator}
    at_each = shared | {"is_per_site": True}
    return [
        ChecklistItemFactory(code="운영", order=1, **shared),
        ChecklistItemFactory(code="안전", order=2, **at_each),
        ChecklistItemFactory(
            code="까닭", order=3, prose=True, follows="안전", follows_if=["부적정"], **at_each
        ),
        ChecklistItemFactory(code="설비", order=4, table=True, rows=[], **shared),
    ]


@pytest.fixture
def inspection(items):
    inspection = InspectionFactory(in_progress=True, part__checklist=publish(items[0].indicator.checklist))
    sites = [SubjectFactory(site=True, parent=inspection.subject, name=name) for name in ("가람관", "나래관")]
    inspection.sites.set(sites)
    return inspection


@pytest.fixture
def sites(inspection):
    return list(inspection.sites.all())


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def asked(inspection):
    (group,) = sheets.fill(inspection, sheets.progress(inspection))
    return [line.code for line in group.lines if not line.is_silent], group


def test_an_item_is_asked_once_or_at_each_site(inspection, items, sites):
    AnswerFactory(inspection=inspection, item=items[0])
    AnswerFactory(inspection=inspection, item=items[1], site=sites[1], choice="부적정", verdict="fail")

    codes, group = asked(inspection)

    assert codes == ["운영", "안전(가람관)", "안전(나래관)", "까닭(나래관)", "설비"]
    assert (group.answered, group.total, group.failed) == (2, 5, 1)


def test_without_chosen_sites_everything_is_asked_once(inspection):
    inspection.sites.clear()

    codes, group = asked(inspection)

    assert codes == ["운영", "안전", "설비"]
    assert group.total == 3


def test_each_site_is_saved_with_an_answer_of_its_own(client, inspection, inspector, items, sites):
    prefixes = [f"a{items[1].pk}s{site.pk}" for site in sites]
    base = base_of(None, stored(items[1], None))
    url = reverse("inspections:indicator", args=[inspection.pk, items[1].indicator_id])

    client.post(
        url,
        {f"{prefix}-base": base for prefix in prefixes}
        | {
            f"{prefixes[0]}-choice": "적정",
            f"{prefixes[1]}-choice": "부적정",
            f"{prefixes[1]}-opinion": "낡음",
        },
    )
    page = client.get(url).content.decode()

    assert list(Answer.objects.order_by("site").values_list("site", "choice", "opinion")) == [
        (sites[0].pk, "적정", ""),
        (sites[1].pk, "부적정", "낡음"),
    ]
    assert all(f'id="item-{items[1].pk}s{site.pk}"' in page for site in sites)
    assert "나래관" in page


def test_a_table_without_rows_is_one_of_the_sites(client, inspection, inspector, items):
    prefix = f"a{items[3].pk}"
    (group,) = sheets.fill(inspection, sheets.progress(inspection))
    item = group.lines[-1].item
    url = reverse("inspections:indicator", args=[inspection.pk, item.indicator_id])
    cells = {f"{prefix}-cells-{row}-{part}": "이상없음" for row in (0, 1) for part in (0, 1)}

    client.post(url, {f"{prefix}-base": base_of(None, stored(item, None))} | cells)

    well = {"소화기": "이상없음", "유도등": "이상없음"}
    assert Answer.objects.get().cells == {"가람관": well, "나래관": well}
    assert Answer.objects.get().verdict == "pass"


def test_two_who_answer_at_different_sites_do_not_collide(inspection, items, sites):
    first, second = (UserFactory(department=inspection.department) for _ in range(2))
    answering.save_answers(inspection, [Given(items[1], choice="적정", site=sites[0])], by=first)

    answering.save_answers(inspection, [Given(items[1], choice="부적정", site=sites[1])], by=second)
    with pytest.raises(StaleError) as stale:
        answering.save_answers(inspection, [Given(items[1], choice="부적정", site=sites[0])], by=second)

    assert [collision.current.site for collision in stale.value.current] == [sites[0]]


def test_a_site_of_another_inspection_is_refused(inspection, inspector, items):
    stranger = SubjectFactory(site=True)

    with pytest.raises(TransitionError, match="점검하지 않는 장소"):
        answering.save_answers(inspection, [Given(items[1], choice="적정", site=stranger)], by=inspector)
    with pytest.raises(TransitionError, match="점검하지 않는 장소"):
        evidence.add(inspection, photo(), by=inspector, client_id=uuid.uuid4(), name="a.jpg", site=stranger)
    with pytest.raises(TransitionError, match="점검하지 않는 장소"):
        outlining.save_line(FindingFactory(inspection=inspection), by=inspector, version=1, sites=[stranger])


def test_an_item_that_is_asked_once_takes_no_site(inspection, inspector, items, sites):
    with pytest.raises(TransitionError, match="점검하지 않는 장소"):
        answering.save_answers(inspection, [Given(items[0], choice="적정", site=sites[0])], by=inspector)


@pytest.mark.parametrize(
    ("constraint", "with_site"),
    [("one_answer_to_an_item", False), ("one_answer_to_an_item_at_a_site", True)],
)
def test_the_database_keeps_one_answer_to_a_place(inspection, items, sites, constraint, with_site):
    place = {"inspection": inspection, "item": items[1], "site": sites[0] if with_site else None}
    answer = AnswerFactory(**place)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        AnswerFactory(**place)

    told = str(refused.value)
    assert constraint in told or "inspections_answer.item_id" in told  # SQLite names the columns
    assert Answer.objects.get() == answer


def test_files_stand_at_the_line_of_their_site(client, inspection, inspector, items, sites):
    url = reverse("inspections:evidence_add", args=[inspection.pk])
    key = f"{items[1].pk}s{sites[1].pk}"
    shown = client.get(f"{url}?item={key}").context["form"]

    file = SimpleUploadedFile("현장.jpg", photo())
    response = client.post(url, {"client_id": uuid.uuid4(), "item": key, "file": file})
    (group,) = sheets.fill(inspection, sheets.progress(inspection))

    assert (shown["item"].value(), shown["site"].value()) == (str(items[1].pk), str(sites[1].pk))
    assert Evidence.objects.get().site == sites[1]
    assert response.url.endswith(f"#item-{key}")
    assert [line.code for line in group.lines if line.files] == ["안전(나래관)"]


def test_last_year_is_that_of_the_same_site(inspection, items, sites):
    last = InspectionFactory(in_progress=True, subject=inspection.subject, checklist=inspection.checklist)
    inspection.previous = last
    AnswerFactory(inspection=last, item=items[1], site=sites[1], choice="부적정", verdict="fail")
    groups = sheets.progress(inspection)

    (group,) = sheets.fill(inspection, groups)
    carrying_over.set_last_answers(inspection, groups)

    assert [line.code for line in group.lines if line.last] == ["안전(나래관)"]


def test_a_finding_is_bound_to_some_of_the_sites_and_says_so(client, inspection, inspector, sites):
    line = FindingFactory(inspection=inspection, text="소화기 점검표가 없음")
    url = reverse("inspections:line_detail", args=[inspection.pk, line.pk])
    data = {"version": 1, "text": line.text, "level": 1, "sites": [sites[1].pk]}

    response = client.post(url, data)

    line = Finding.objects.get()
    assert response.status_code == 302
    assert (list(line.sites.all()), line.version) == ([sites[1]], 2)
    assert findings.told(line) == "소화기 점검표가 없음 (나래관)"

    outlining.delete_line(line, by=inspector, version=2)
    assert list(outlining.restore_line(inspection, line.pk, by=inspector).sites.all()) == [sites[1]]


def test_the_papers_say_which_sites_and_print_a_row_for_each(inspection, items, sites):
    AnswerFactory(inspection=inspection, item=items[1], site=sites[0])
    AnswerFactory(inspection=inspection, item=items[1], site=sites[1], choice="부적정", verdict="fail")

    (area,) = sheet.paper(inspection, "점검표").body
    printed = [row[1].runs[0].text for row in area.children[0].table.rows]

    assert overview.sites(inspection) == "가람관, 나래관"
    assert printed[1:3] == [f"가람관: {items[1].text}", f"나래관: {items[1].text}"]
    assert results.verdicts(inspection) == {items[1].indicator_id: [5, 1, 1, 0, 0]}


def test_sites_are_chosen_in_the_plan_and_kept_once_they_are_used(inspection, inspector, items, sites):
    AnswerFactory(inspection=inspection, item=items[1], site=sites[1])
    elsewhere = SubjectFactory(site=True)

    planning.change_plan(inspection, by=inspector, version=0, sites=[sites[1]])
    assert list(inspection.sites.all()) == [sites[1]]

    with pytest.raises(TransitionError, match="답이나 증빙이 있는 장소"):
        planning.change_plan(inspection, by=inspector, version=1, sites=[sites[0]])
    with pytest.raises(TransitionError, match="이 점검대상 아래의 장소만"):
        planning.change_plan(inspection, by=inspector, version=1, sites=[sites[1], elsewhere])


def test_answers_without_a_site_are_not_left_behind_by_choosing_sites(inspection, inspector, items, sites):
    inspection.sites.clear()
    AnswerFactory(inspection=inspection, item=items[1])

    with pytest.raises(TransitionError, match="장소 없이 답한 것이 있습니다"):
        planning.change_plan(inspection, by=inspector, version=0, sites=sites)


def test_the_form_of_the_plan_offers_the_sites_below_the_subject(client, inspection, inspector, sites):
    url = reverse("inspections:plan_update", args=[inspection.pk])
    form = client.get(url).context["form"]
    bare = client.get(reverse("inspections:plan_update", args=[other_of(inspection).pk])).context["form"]

    assert list(form.fields["sites"].queryset) == sites
    assert not form["sites"].is_hidden
    assert bare["sites"].is_hidden


def other_of(inspection):
    return InspectionFactory(department=inspection.department)
