# ruff: noqa: RUF001  the brackets are the subject
"""조사: the particle that fits the word before it, chosen by how the word is read aloud.

with_particle("한국소비자연맹", "은/는")  →  한국소비자연맹은
with_particle("B팀(2층)", "이/가")        →  B팀(2층)이      a bracket at the end is not read
with_particle("KFTC", "으로/로")          →  KFTC로
"""

import re

PAIRS = {
    "은/는": ("은", "는"),
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "이나/나": ("이나", "나"),
    "이란/란": ("이란", "란"),
    "아/야": ("아", "야"),
}
RIEUL = "ㄹ"  # 으로/로 alone asks which consonant it is: 서울로
OTHER = "ㅇ"

FIRST_SYLLABLE, LAST_SYLLABLE = "가", "힣"
FINALS, RIEUL_INDEX = 28, 8
DIGIT_FINALS = {"0": OTHER, "1": RIEUL, "3": OTHER, "6": OTHER, "7": RIEUL, "8": RIEUL}
LETTER_FINALS = {"L": RIEUL, "M": OTHER, "N": OTHER, "R": RIEUL}
SYMBOLS = {"%": "", "℃": "", "㎡": "", "㎞": "", "㎏": OTHER, "㈜": ""}
BRACKETED = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|（[^（）]*）)$")
NOT_READ = " \t\n.,;:!?'\"’”」』》〉>)]}…·~-"
NUMBER_AT_END = re.compile(r"\d[\d,]*(?:\.\d+)?$")
LATIN_AT_END = re.compile(r"[A-Za-z]+$")


def particle(word: str, pair: str) -> str:
    """The fitting half of the pair, or `은(는)` if nobody can know."""
    after_consonant, after_vowel = PAIRS[pair]
    final = final_consonant(word)
    if final is None:
        return f"{after_consonant}({after_vowel})"
    if pair == "으로/로" and final == RIEUL:
        return after_vowel
    return after_consonant if final else after_vowel


def with_particle(word: str, pair: str) -> str:
    return word + particle(word, pair)


def final_consonant(word: str) -> str | None:
    """ㄹ, ㅇ for any other consonant, empty after a vowel, None if the reading is not known."""
    read = _read_aloud(word)
    if not read:
        return None
    last = read[-1]
    if FIRST_SYLLABLE <= last <= LAST_SYLLABLE:
        return _of_syllable(last)
    if match := NUMBER_AT_END.search(read):
        return _of_number(match[0])
    if match := LATIN_AT_END.search(read):
        return _of_latin(match[0])
    return SYMBOLS.get(last)


def _read_aloud(word: str) -> str:
    """The word without what is written but not read at its end: brackets, quotes, stops."""
    read = word.rstrip()
    while read:
        shorter = BRACKETED.sub("", read).rstrip(NOT_READ)
        if shorter == read:
            return read
        read = shorter
    return word.strip("()[]〔〕（） ")  # all of it stood in brackets


def _of_syllable(syllable: str) -> str:
    index = (ord(syllable) - ord(FIRST_SYLLABLE)) % FINALS
    if index == RIEUL_INDEX:
        return RIEUL
    return OTHER if index else ""


def _of_number(number: str) -> str:
    # 10 십, 100 백, 1000 천, 10000 만, … all end in a consonant other than ㄹ, as 0 (영) does.
    return DIGIT_FINALS.get(number[-1], "")


def _of_latin(letters: str) -> str:
    """Capitals are spelt (KFTC: 씨); a word is guessed by how Korean takes it over (app: 앱)."""
    if letters.isupper() or len(letters) == 1:
        return LETTER_FINALS.get(letters[-1].upper(), "")
    word = letters.lower()
    if word.endswith("le") or word.endswith("l"):
        return RIEUL
    if word.endswith(("m", "n", "ng", "me", "ne")):
        return OTHER
    if re.search(r"(?<![aeiou])[aeiou][bckpt]$|ck$|pp$|et$|ot$", word):
        return OTHER
    return ""
