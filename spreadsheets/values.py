"""What the cells of a sheet mean. Each function takes a cleaned cell and raises ValueError in Korean."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

DATE = re.compile(r"(\d{4})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})\s*[.일]?$|(\d{4})(\d{2})(\d{2})$")
YES = {"예", "네", "y", "yes", "o", "○", "true", "사용", "1"}
NO = {"아니오", "아니요", "n", "no", "x", "×", "false", "사용 안 함", "0"}


def text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):  # Excel makes a date of 1-3: say so rather than keep 2026-01-03
        raise ValueError("글자로 적어야 하는데 날짜입니다. 셀 서식을 ‘텍스트’로 바꾸어 다시 적어 주세요.")
    return str(value)


def date(value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    match = DATE.match(str(value))
    try:
        return dt.date(*(int(part) for part in match.groups() if part)) if match else _no_date(value)
    except ValueError:
        return _no_date(value)


def integer(value: Any) -> int | None:
    number = decimal(value)
    if number is not None and number != number.to_integral_value():
        raise ValueError(f"정수로 적어 주세요: {value}")
    return None if number is None else int(number)


def decimal(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        number = Decimal(str(value).replace(",", "").removesuffix("원").strip())
    except InvalidOperation:
        raise ValueError(f"숫자로 적어 주세요: {value}") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise ValueError(f"숫자가 너무 큽니다: {value}")
    return number


def yes_or_no(value: Any) -> bool:
    answer = str(value if value is not None else "").strip().lower()
    if answer in YES:
        return True
    if answer in NO:
        return False
    raise ValueError("‘예’ 또는 ‘아니오’로 적어 주세요.")


def choice(labels: dict[str, Any]) -> Any:
    """A function that takes one of the labels, whatever the spaces in it."""
    folded = {_fold(label): value for label, value in labels.items()}

    def one_of(value: Any) -> Any:
        if value is None:
            return ""
        if _fold(str(value)) not in folded:
            raise ValueError(
                f"‘{value}’은(는) 쓸 수 없습니다. 다음 가운데 하나로 적어 주세요: {', '.join(labels)}"
            )
        return folded[_fold(str(value))]

    return one_of


def _fold(label: str) -> str:
    return re.sub(r"\s+", "", label)


def _no_date(value: Any) -> dt.date:
    raise ValueError(f"날짜로 읽을 수 없습니다: {value}. ‘2021. 1. 14.’처럼 적어 주세요.")
