import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contractors.models import Contractor, Subject
from contractors.tests.factories import ContractorFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def test_a_department_has_one_subject_of_a_name_at_the_top():
    subject = SubjectFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectFactory(department=subject.department, name=subject.name)
    with pytest.raises(ValidationError, match="이 부서에 같은 이름의 점검대상이 이미 있습니다"):
        Subject(kind=subject.kind, department=subject.department, name=subject.name).full_clean()


def test_sites_of_two_commissions_may_share_a_name():
    one, other = SubjectFactory(site=True, name="본관"), SubjectFactory(site=True, name="본관")

    assert one.parent != other.parent
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectFactory(site=True, name="본관", parent=one.parent)


def test_the_tree_has_no_circle():
    site = SubjectFactory(site=True)
    site.parent.parent = site

    with pytest.raises(ValidationError, match="자기 아래에 있는 점검대상"):
        site.parent.full_clean()
    with pytest.raises(IntegrityError, match="a_subject_is_not_its_own_parent"), transaction.atomic():
        Subject.objects.filter(pk=site.pk).update(parent=site.pk)


@pytest.mark.parametrize("path", ["가 > 나 > 다 > 라 > 마 > 바", "가 > > 나", " > "])
def test_a_classification_is_a_path_of_five_at_most(path):
    subject = SubjectFactory()
    subject.classification = path

    with pytest.raises(ValidationError, match="다섯 단계까지"):
        subject.full_clean()


def test_names_are_sorted_without_their_legal_form():
    for name in ["(사)한빛연구회", "㈜가람", "재단법인 나래", "2번가게"]:
        ContractorFactory(name=name)

    assert [contractor.name for contractor in Contractor.objects.all()] == [
        "2번가게",
        "㈜가람",
        "재단법인 나래",
        "(사)한빛연구회",
    ]


def test_a_business_number_belongs_to_one_contractor():
    ContractorFactory(business_number="124-81-00998")

    with pytest.raises(IntegrityError), transaction.atomic():
        ContractorFactory(business_number="124-81-00998")
    ContractorFactory.create_batch(2, business_number="")
