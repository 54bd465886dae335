import re

from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from contractors import agreements
from contractors.models import Agreement, AgreementAmount, Subject
from contractors.sheets.lookups import (
    Lookup,
    contractor_key,
    contractors,
    office_path,
    offices,
    subject_names,
    subject_path,
)
from spreadsheets import values
from spreadsheets.importing import Column, Sheet

AMOUNT = re.compile(r"(\d{4})\s*년?\s*[:=]\s*([\d,]+)\s*원?$")


class AgreementSheet(Sheet):
    title = "협약"
    model = Agreement

    def __init__(self):
        self.columns = [
            Column(
                "담당 부서",
                "department",
                offices(),
                lambda agreement: office_path(agreement.subject.department),
                True,
                "점검대상의 처리과",
                "노동민생정책관 > 공정경제담당관",
            ),
            Column(
                "점검대상",
                "subject_name",
                write=lambda agreement: subject_path(agreement.subject),
                required=True,
                guidance="이름, 같은 이름이 있으면 ‘상위 > 이름’",
                example="전자상거래센터 운영",
            ),
            Column(
                "수탁기관",
                "contractor",
                contractors(),
                lambda agreement: contractor_key(agreement.contractor),
                True,
                "사업자등록번호 또는 기관명",
                "(사)한빛소비자연구회",
            ),
            Column("시작일", "starts_on", values.date, required=True, example="2020. 1. 1."),
            Column("종료일", "ends_on", values.date, required=True, example="2022. 12. 31."),
            Column(
                "연도별 금액(원)",
                "won_by_year",
                read_amounts,
                written_amounts,
                guidance="연도: 금액, 여러 해면 ; 로 나눕니다.",
                example="2020: 300,000,000; 2021: 310,000,000",
            ),
            Column("재원", "funding", example="위탁금(시비 100%)"),
            Column("지도·점검 조항", "inspection_clause", example="협약서 제12조"),
            Column("메모", "memo"),
        ]
        found = Subject.objects.select_related("parent")
        named = [
            ((subject.department_id, name), subject) for subject in found for name in subject_names(subject)
        ]
        self.subjects = Lookup(
            "점검대상", [(f"{office}:{name}", subject) for (office, name), subject in named]
        )

    def find(self, row):
        """The agreement of the pair that began on that day."""
        office = row.pop("department")
        try:
            row["subject"] = self.subjects(f"{office.pk}:{row.pop('subject_name')}")
        except ValueError as error:
            raise ValidationError(f"점검대상: {str(error).replace(f'{office.pk}:', '')}") from error
        same = Agreement.objects.filter(
            subject=row["subject"], contractor=row["contractor"], starts_on=row["starts_on"]
        )
        return same.select_related("subject__department", "contractor").prefetch_related("amounts").first()

    def save(self, instance, *, by):
        agreements.lock_subject(instance)
        super().save(instance, by=by)
        if (amounts := getattr(instance, "won_by_year", None)) is not None:
            store_amounts(instance, amounts)

    def warnings(self, instance):
        return agreements.oddities(instance)

    def for_export(self, queryset):
        amounts = Prefetch("amounts", AgreementAmount.objects.order_by("year"))
        related = queryset.select_related("subject__department__parent", "subject__parent", "contractor")
        return related.prefetch_related(amounts)


def read_amounts(value):
    """{2020: 300000000, …} of `2020: 300,000,000; 2021: …`."""
    amounts = {}
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", values.text(value)))):
        match = AMOUNT.match(part)
        if not match or match[1] in amounts:
            raise ValueError(f"‘2020: 300,000,000; 2021: 310,000,000’처럼 적어 주세요: {part}")
        amounts[int(match[1])] = values.integer(match[2])
    return amounts


def written_amounts(agreement):
    amounts = getattr(agreement, "won_by_year", None)
    if amounts is None:
        amounts = {amount.year: amount.won for amount in agreement.amounts.all()} if agreement.pk else {}
    return "; ".join(f"{year}: {won:,}" for year, won in sorted(amounts.items()))


def store_amounts(agreement, amounts):
    stored = {amount.year: amount for amount in agreement.amounts.all()}
    for year in stored.keys() - amounts.keys():
        stored[year].delete()
    for year, won in amounts.items():
        if year not in stored or stored[year].won != won:
            row = stored.get(year) or AgreementAmount(agreement=agreement, year=year)
            row.won = won
            row.save()
