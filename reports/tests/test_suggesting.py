"""What looks as if it should be hidden is suggested; few other things are (S27)."""

import random

import pytest

from reports import suggesting
from reports.tests import papers
from reports.tree import Cell, Node, Photo, Run, Table

CHANCE = random.Random(27)  # noqa: S311


def digits(count):
    return "".join(CHANCE.choices("0123456789", k=count))


def one_of(*texts):
    return CHANCE.choice(texts)


PRIVATE = {
    "주민등록번호": lambda: f"{digits(6)}-{one_of(*'1234')}{digits(6)}",
    "외국인등록번호": lambda: f"{digits(6)}-{one_of(*'5678')}{digits(6)}",
    "휴대전화": lambda: f"010{one_of('-', ' ', '.', '')}{digits(4)}{one_of('-', '')}{digits(4)}",
    "전화": lambda: f"0{one_of('2', '31', '51', '70')}-{one_of(*'23456789')}{digits(2)}-{digits(4)}",
    "전자우편": lambda: f"{one_of('kim', 'a.b', 'center_1')}@{one_of('mail.example', 'x.co.kr')}",
    "계좌": lambda: f"{digits(3)}-{digits(CHANCE.choice([2, 4, 6]))}-{digits(6)}",
    "사업자": lambda: f"{digits(3)}-{digits(2)}-{digits(5)}",
    "주소": lambda: one_of(
        "가온시 나래구 다솜로 {}",
        "나래구 라온길 {}",
        "가온시 나래구 마루동 {}-1",
        "다솜로 {}번길 3, 101동 202호",
    ).format(CHANCE.randint(1, 300)),
}
AROUND = ["담당자 {} 확인", "연락처: {}", "({})", "신청인 {}에 대하여", "{}", "비고 {}, 참고"]
PLAIN = [
    "점검일시: ’20. 12. 30.(수) 14:00",
    "예산액 1,234,567천원 중 980,000천원 집행(79.4%)",
    "제3조제2항 및 별표 1에 따라 3회 이상",
    "2020. 1. 1. ~ 2020. 12. 31. 12개월",
    "조례 제1234호, 규칙 제56호",
    "이용자 12,345명, 만족도 4.5점(5점 만점)",
    "공통지표(1)로 3건, 개별지표로 5건을 봄",
    "문서번호 공정경제담당관-793(2021. 1. 14.)",
    "관리번호 D0000012345678",
    "사업 1단계에서 2단계로 12건 이월, 별도로 3건",
    "회계연도 2020-2021, 1-2분기",
    "활동 3회, 회의 12회, 운동 5종목",
    "전년대비 3.5%p 증가, 10,000원 단위로 1회",
    "제9조제1항제6호에 따라 2020-12호 공고",
]


@pytest.mark.parametrize("kind", PRIVATE)
def test_nothing_private_is_overlooked(kind):
    missed = []
    for _ in range(65):
        value = PRIVATE[kind]()
        text = CHANCE.choice(AROUND).format(value)
        found = [each.quote for each in suggested(text)]
        if not any(value in quote or quote in value for quote in found):
            missed.append(text)

    assert missed == []


def test_few_things_are_taken_for_private():
    false = [(text, suggested(text)) for text in PLAIN if suggested(text)]
    assert false == []


def test_it_looks_in_cells_captions_pictures_and_the_title():
    number = "010-1234-5678"
    table = Node("t", "table", table=Table(f"표 {number}", rows=((Cell((Run(number),)),),)))
    photo = Node("p", "photo", photo=Photo("a" * 64, f"{number}이 적힌 표지", number))
    paper = papers.paper(title=f"{number} 민원", body=(table, photo))
    assert [(each.quote, each.places) for each in suggesting.suggestions([paper])] == [(number, 5)]


def suggested(text):
    return suggesting.suggestions([papers.paper(title="제목", body=(Node("n", "line", 1, (Run(text),)),))])
