"""Finding what a cell names: departments by path, contractors by number or name."""

from accounts.models import Department
from contractors.models import Contractor
from spreadsheets import values

PATH = " > "


def split_path(value):
    return [part.strip() for part in values.text(value).split(">") if part.strip()]


class Lookup:
    """Objects by the names people write, read once for a whole file. `name` says what is being looked for."""

    def __init__(self, name, named):
        self.name = name
        self.objects = {}
        for written, found in named:
            self.objects.setdefault(written, set()).add(found)

    def __call__(self, value):
        if value is None:
            return None
        found = self.objects.get(PATH.join(split_path(value)), set())
        if not found:
            raise ValueError(f"등록된 {self.name}이(가) 아닙니다: {value}")
        if len(found) > 1:
            raise ValueError(
                f"같은 이름의 {self.name}이(가) 여럿입니다: {value}. 위에서부터 ‘ > ’로 이어 적어 주세요."
            )
        return next(iter(found))


def offices():
    """Active offices by name and by path: 공정경제담당관, 노동민생정책관 > 공정경제담당관."""
    found = Department.objects.offices().filter(is_active=True).select_related("parent")
    named = [(office.name, office) for office in found]
    named += [(f"{office.parent}{PATH}{office}", office) for office in found if office.parent_id]
    return Lookup("부서(처리과)", named)


def office_path(office):
    return f"{office.parent}{PATH}{office}" if office.parent_id else office.name


def contractors():
    """By business number, and by name; two of one name are told apart by their number."""
    found = list(Contractor.objects.all())
    named = [(contractor.name, contractor) for contractor in found]
    return Lookup("수탁기관", named + [(one.business_number, one) for one in found if one.business_number])


def contractor_key(contractor):
    return contractor.business_number or contractor.name


def subject_names(subject):
    return {subject.name, subject_path(subject)}


def subject_path(subject):
    return f"{subject.parent.name}{PATH}{subject.name}" if subject.parent_id else subject.name
