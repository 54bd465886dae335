"""The columns of a sheet in Excel and CSV, and what their cells mean."""

from inspections.answer_rules import plain
from inspections.models import Answer, ChecklistItem
from spreadsheets import values
from spreadsheets.importing import Column

Type = ChecklistItem.AnswerType
Rule = ChecklistItem.Rule
VERDICTS = {"적정": "pass", "부적정": "fail", "판정 없음": "neutral"}
VERDICT_WORDS = VERDICTS | {"판정없음": "neutral"} | {value: value for value in Answer.Verdict.values}
TYPES = {choice.label: choice.value for choice in Type} | {
    "수치": Type.NUMBER.value,
    "표시": Type.TICK.value,
    "금액": Type.MONEY.value,
    "둘 중 하나": Type.TICK.value,
}
RULES = {choice.label: choice.value for choice in Rule}
COMPARISONS = {choice.label: choice.value for choice in ChecklistItem.Comparison}


def read_options(value):
    """[["검토완료", "pass"], …] of `검토완료=적정`, one a line or separated by commas."""
    options = []
    for part in filter(None, (part.strip() for part in values.text(value).replace("\n", ",").split(","))):
        name, _, verdict = (word.strip() for word in part.rpartition("="))
        if not name or verdict not in VERDICT_WORDS:
            raise ValueError(f"‘검토완료=적정’처럼 적어 주세요. 판정은 {', '.join(VERDICTS)}입니다: {part}")
        options.append([name, VERDICT_WORDS[verdict]])
    return options


def read_names(value):
    """The names of a cell, one a line: a name may hold a comma."""
    return [name for name in (part.strip() for part in values.text(value).splitlines()) if name]


def names_of(field):
    return lambda item: "\n".join(getattr(item, field))


def write_options(item):
    words = {value: word for word, value in VERDICTS.items()}
    return "\n".join(f"{name}={words.get(verdict, verdict)}" for name, verdict in item.options)


def with_default(read, default):
    return lambda value: default if value is None else read(value)


def _number(name):
    return lambda item: None if getattr(item, name) is None else plain(getattr(item, name))


INDICATOR_COLUMNS = [
    Column(
        "분야",
        "area",
        guidance="바로 위와 같으면 분야, 지표 표시, 지표명을 비워 둘 수 있습니다.",
        example="일반운영",
    ),
    Column("지표 표시", "label", guidance="없으면 비워 둡니다.", example="공통지표(1)"),
    Column("지표명", "name", example="회계관리(예산 관리 및 집행)"),
    Column(
        "점검사항",
        "viewpoints",
        guidance="지표의 첫 줄에만, 한 줄에 하나씩",
        example="위탁금을 목적대로 썼는지",
    ),
    Column(
        "과락 기준(%)",
        "must_reach",
        values.decimal,
        lambda indicator: None if indicator.must_reach is None else plain(indicator.must_reach),
        guidance="꼭 통과해야 하는 지표의 첫 줄에만. 예: 60",
    ),
]
ITEM_COLUMNS = [
    Column("코드", "code", required=True, guidance="하나뿐이고, 판이 바뀌어도 그대로", example="공1-1"),
    Column("항목", "text", required=True, example="위탁금 전용 통장과 카드를 쓰고 있는가"),
    Column("안내", "guidance", example="통장 사본으로 확인"),
    Column("답의 모양", "answer_type", with_default(values.choice(TYPES), Type.VERDICT.value),
           lambda item: item.get_answer_type_display(), guidance=", ".join(Type.labels)),
    Column("선택지", "options", read_options, write_options, guidance="검토완료=적정처럼 쉼표나 줄로 나누어"),
    Column("물음·칸", "parts", read_names, names_of("parts"), guidance="여러 물음과 표에. 한 줄에 하나씩"),
    Column("표의 줄", "rows", read_names, names_of("rows"), guidance="표에만. 비우면 장소마다 한 줄"),
    Column("장소마다", "is_per_site", with_default(values.yes_or_no, False), guidance="예 또는 아니오"),
    Column("앞 항목", "follows", guidance="앞 항목의 답에 따라 보이는 항목에만. 앞 항목의 코드"),
    Column("보이는 답", "follows_if", read_names, names_of("follows_if"), guidance="한 줄에 하나씩"),
    Column("단위", "unit", guidance="수치 항목에. 예: %"),
    Column("기준값", "standard", values.decimal, _number("standard"), guidance="수치·금액 항목에만. 예: 10"),
    Column("비교", "comparison", values.choice(COMPARISONS), lambda item: item.get_comparison_display(),
           guidance="이상 또는 이하"),
    Column("만점", "max_score", values.decimal, _number("max_score"), guidance="점수 항목에만"),
    Column("가중치", "weight", with_default(values.decimal, 1), _number("weight"), example="1"),
    Column("증빙", "evidence_rule", with_default(values.choice(RULES), Rule.OPTIONAL.value),
           lambda item: item.get_evidence_rule_display(), guidance=", ".join(RULES), example="선택"),
    Column("의견", "note_rule", with_default(values.choice(RULES), Rule.OPTIONAL.value),
           lambda item: item.get_note_rule_display(), guidance=", ".join(RULES), example="부적정일 때 필수"),
]  # fmt: skip
COLUMNS = INDICATOR_COLUMNS + ITEM_COLUMNS


class ChecklistSheet:
    """For the upload form and the template of spreadsheets.admin."""

    title = "점검표"
    columns = COLUMNS
    headings = [column.heading for column in COLUMNS]
    required = ["지표명", "코드", "항목"]
