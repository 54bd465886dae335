import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.particles import PAIRS, particle, with_particle


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("한국소비자연맹", "은"),
        ("수탁기관", "은"),
        ("센터", "는"),
        ("(사)한빛(본점)", "은"),
        ("센터(14층)", "는"),
        ("「지방자치법」", "은"),
        ("‘점검표’", "는"),
        ("KFTC", "는"),
        ("SNS 마켓", "은"),
        ("TEAM A", "는"),
        ("LG", "는"),
        ("URL", "은"),
        ("app", "은"),
        ("Pay", "는"),
        ("email", "은"),
        ("8%", "는"),
        ("10", "은"),
        ("2020", "은"),
        ("12", "는"),
        ("86.01", "은"),
        ("1,000", "은"),
        ("35", "는"),
        ("㎡", "는"),
        ("(주)", "는"),
    ],
)
def test_the_particle_follows_how_the_word_is_read(word, expected):
    assert particle(word, "은/는") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("서울", "로"),
        ("부산", "으로"),
        ("센터", "로"),
        ("3월", "로"),
        ("1", "로"),
        ("3", "으로"),
        ("2", "로"),
        ("URL", "로"),
    ],
)
def test_after_rieul_it_is_ro(word, expected):
    assert particle(word, "으로/로") == expected


@pytest.mark.parametrize("word", ["", "★", "漢", "()"])
def test_an_unknown_reading_gets_both(word):
    assert particle(word, "이/가") == "이(가)"


def test_the_word_itself_is_kept_whole():
    assert with_particle("B팀(2층)", "이/가") == "B팀(2층)이"


@given(st.text(), st.sampled_from(sorted(PAIRS)))
def test_any_text_gets_a_particle(word, pair):
    after_consonant, after_vowel = PAIRS[pair]
    assert particle(word, pair) in (after_consonant, after_vowel, f"{after_consonant}({after_vowel})")


@given(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")))
def test_every_syllable_is_known(syllable):
    assert particle(syllable, "을/를") in ("을", "를")
