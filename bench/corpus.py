"""Invented Korean: words as frequent as Zipf's law has them, particles behind them, and rare words planted.

A planted word stands in exactly as many editions as MARKERS says: it is made of syllables no other word has.
"""

import os
import random
from itertools import accumulate

EDITIONS = int(os.environ.get("EDITIONS", "100000"))
WORDS = 20_000
FEWEST, MOST, OFTEN = 150, 370, 180  # words of a text: 600 to 1,500 letters
PARAGRAPH = 30  # words
PARTICLES = {
    "": 30,
    "을": 12,
    "를": 8,
    "이": 9,
    "가": 7,
    "은": 7,
    "는": 6,
    "의": 9,
    "에": 8,
    "에서": 4,
    "으로": 4,
    "하였음.": 6,
}
COMMON_FINALS, RARE_FINALS = (0, 1, 4, 8, 16, 17, 21), (9, 10, 11, 18)  # of 28; 0 is none
PLANTED = [count for count in (1, 10, 100, 1_000, 10_000) if count < EDITIONS]


def _syllables(finals):
    """14 initials (no tense ones), 8 vowels."""
    initials, vowels = (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18), (0, 4, 6, 8, 13, 18, 20, 1)
    return [chr(0xAC00 + (i * 21 + v) * 28 + f) for i in initials for v in vowels for f in finals]


def _zipf(count):
    return [1 / (rank + 2) for rank in range(count)]


def _words():
    """Each once, the most frequent first; three of four have two syllables."""
    chance, syllables = random.Random(1), _syllables(COMMON_FINALS)
    chance.shuffle(syllables)
    weights, found = list(accumulate(_zipf(len(syllables)))), {}
    while len(found) < WORDS:
        length = 2 if chance.random() < 0.75 else 3
        found["".join(chance.choices(syllables, cum_weights=weights, k=length))] = None
    return list(found)


def _markers():
    """{word: in how many editions}, for each number two words of two syllables and one of three."""
    syllables = iter(_syllables(RARE_FINALS))
    return {
        "".join(next(syllables) for _ in range(length)): count for count in PLANTED for length in (2, 2, 3)
    }


def _planted():
    chance, found = random.Random(2), {}
    for word, count in MARKERS.items():
        for key in chance.sample(range(1, EDITIONS + 1), count):
            found.setdefault(key, []).append(word)
    return found


VOCABULARY = _words()
MARKERS = _markers()
AT = _planted()  # {key of the edition: words planted in it}
WEIGHTS = list(accumulate(_zipf(WORDS)))
TOKENS = [word + particle for word in VOCABULARY for particle in PARTICLES]
TOKEN_WEIGHTS = list(accumulate(w * p for w in _zipf(WORDS) for p in PARTICLES.values()))


def paragraphs(key, chance):
    """The text of an edition."""
    count = int(chance.triangular(FEWEST, MOST, OFTEN))
    words = chance.choices(TOKENS, cum_weights=TOKEN_WEIGHTS, k=count)
    for word in AT.get(key, ()):
        words.insert(chance.randrange(count), f"{word}의")
    return [" ".join(words[start : start + PARAGRAPH]) for start in range(0, count, PARAGRAPH)]


def drawn(chance, count=1):
    """Words as often as they are written."""
    return chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=count)
