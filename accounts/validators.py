"""What a password may not be, in Korean: the same rules whoever sets it and wherever."""

import re
import unicodedata
from pathlib import Path

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

WORDS = Path(__file__).parent / "korean_words.txt"

# The keys of a Korean keyboard (두벌식) for the parts of a syllable, in the order of Unicode.
INITIALS = list("rRseEfaqQtTdwWczxvg")
VOWELS = [*"koiOjpuPh", "hk", "ho", "hl", *"yn", "nj", "np", "nl", *"bm", "ml", "l"]
FINALS = [
    "",
    *"rR",
    "rt",
    "s",
    "sw",
    "sg",
    *"ef",
    "fr",
    "fa",
    "fq",
    "ft",
    "fx",
    "fv",
    "fg",
    *"aq",
    "qt",
    *"tTdwczxvg",
]


class LengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self):
        return f"비밀번호가 너무 짧습니다. {self.min_length}자 이상으로 정해 주세요."

    def validate(self, password, user=None):
        if len(password) < self.min_length:
            raise ValidationError(self.get_error_message(), code="password_too_short")

    def get_help_text(self):
        return f"{self.min_length}자 이상이어야 합니다."


class ClassesValidator(LengthValidator):
    """The rule of public bodies: so long, and of so many kinds of characters."""

    KINDS = [r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9\s]"]

    def __init__(self, min_length=9, classes=3):
        super().__init__(min_length)
        self.classes = classes

    def validate(self, password, user=None):
        super().validate(password, user)
        if sum(bool(re.search(kind, password)) for kind in self.KINDS) < self.classes:
            raise ValidationError(
                f"영문 소문자, 영문 대문자, 숫자, 특수문자 가운데 {self.classes}가지 이상을 섞어 주세요.",
                code="password_of_too_few_classes",
            )

    def get_help_text(self):
        kinds = "영문 대·소문자, 숫자, 특수문자"
        return f"{self.min_length}자 이상, {kinds} 가운데 {self.classes}가지 이상이어야 합니다."


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    def __init__(self):
        super().__init__(user_attributes=["username", "name", "email"])

    def validate(self, password, user=None):
        try:
            super().validate(password, user)
        except ValidationError as error:
            message = "아이디, 이름, 전자우편과 비슷한 비밀번호는 쓸 수 없습니다."
            raise ValidationError(message, code="password_too_similar") from error
        name = getattr(user, "name", "")
        if len(name) > 1 and _keystrokes(name) in _keystrokes(password):
            raise ValidationError("이름이 들어간 비밀번호는 쓸 수 없습니다.", code="password_too_similar")

    def get_help_text(self):
        return "아이디, 이름, 전자우편과 비슷하면 안 됩니다."


class CommonValidator(password_validation.CommonPasswordValidator):
    def get_error_message(self):
        return "너무 많이 쓰이는 비밀번호입니다. 다른 비밀번호를 정해 주세요."

    def validate(self, password, user=None):
        plain = password.lower().strip()
        if plain in self.passwords or plain.isdigit() or len(set(plain)) <= 2:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_help_text(self):
        return "흔한 비밀번호나 숫자만으로 된 비밀번호는 안 됩니다."


class KoreanWordsValidator:
    """Refuses common Korean words with digits, also as typed with the keyboard set to English."""

    def __init__(self):
        words = sorted({_keystrokes(word) for word in WORDS.read_text().split()}, key=len, reverse=True)
        self.only_words = re.compile(f"(?:{'|'.join(map(re.escape, words))})+")

    def validate(self, password, user=None):
        letters = re.sub(r"[\W\d_]", "", _keystrokes(password))
        if letters and self.only_words.fullmatch(letters):
            raise ValidationError(
                "흔한 낱말과 숫자만으로 된 비밀번호입니다. 서로 관계없는 낱말을 더해 길게 정해 주세요.",
                code="password_of_common_words",
            )

    def get_help_text(self):
        return "흔한 우리말 낱말에 숫자만 붙인 비밀번호는 안 됩니다."


def _keystrokes(text):
    """The keys that type the text, in lower case: 사랑 and tkfkd are the same."""
    return "".join(map(_keys_of, unicodedata.normalize("NFC", text))).lower()


def _keys_of(character):
    index = ord(character) - ord("가")
    if not 0 <= index <= ord("힣") - ord("가"):
        return character
    initial, rest = divmod(index, len(VOWELS) * len(FINALS))
    vowel, final = divmod(rest, len(FINALS))
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final]
