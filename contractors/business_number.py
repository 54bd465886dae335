"""사업자등록번호: its form and its check digit. One that does not check is warned about, never refused."""

import unicodedata

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
LENGTH = 10
DIGITS = "0123456789"
SEPARATORS = " -–.·"


def normalise(typed):
    """Ten digits, in full width or with spaces, as 123-45-67890; anything else as it was typed, trimmed."""
    text = unicodedata.normalize("NFKC", typed).strip()
    digits = "".join(sign for sign in text if sign in DIGITS)
    if len(digits) != LENGTH or not set(text) <= set(DIGITS + SEPARATORS):
        return text
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def checks(number):
    """Whether the last digit follows from the nine before it."""
    digits = [int(sign) for sign in number if sign in DIGITS]
    if len(digits) != LENGTH:
        return False
    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) + digits[8] * 5 // 10
    return (10 - total % 10) % 10 == digits[9]
