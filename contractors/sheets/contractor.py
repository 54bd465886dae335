from django.core.exceptions import ValidationError

from contractors import business_number
from contractors.models import Contractor
from spreadsheets import values
from spreadsheets.importing import Column, Sheet


def read_business_number(value):
    return business_number.normalise(values.text(value))


def contractor_oddities(contractor):
    number = contractor.business_number
    if not number or business_number.checks(number):
        return []
    return [f"사업자등록번호의 검증 숫자가 맞지 않습니다: {number}. 등록증과 견주어 보세요."]


class ContractorSheet(Sheet):
    title = "수탁기관"
    model = Contractor
    columns = [
        Column("기관명", "name", required=True, guidance="법인의 정식 이름", example="(사)한빛소비자연구회"),
        Column(
            "사업자등록번호",
            "business_number",
            read_business_number,
            guidance="있으면 이 번호로, 없으면 기관명으로 이미 등록된 기관을 찾습니다.",
            example="000-00-00000",
        ),
        Column("법인 형태", "legal_form", guidance="사단법인, 사회복지법인 …", example="사단법인"),
        Column("대표자 직위", "representative", example="회장"),
        Column("전화", "phone", guidance="셀 서식을 ‘텍스트’로", example="02-0000-0000"),
        Column("전자우편", "email", example="office@salpim.example"),
        Column("주소", "address", example="서울특별시 중구"),
        Column("메모", "memo"),
        Column("사용", "is_active", values.yes_or_no, guidance="예 또는 아니오", example="예"),
    ]

    def find(self, row):
        number = row.get("business_number")
        found = list(Contractor.objects.filter(business_number=number)) if number else []
        # A contractor registered without its number gets it; one with another number is another one.
        found = found or [
            same
            for same in Contractor.objects.filter(name=row["name"])
            if not (number and same.business_number)
        ]
        if len(found) > 1:
            raise ValidationError("같은 이름의 수탁기관이 여럿입니다. 사업자등록번호를 함께 적어 주세요.")
        return found[0] if found else None

    def warnings(self, instance):
        return contractor_oddities(instance)
