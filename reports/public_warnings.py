"""What to look at once more before a paper is published: nothing hidden, or not everything."""

from notation.particles import particle
from reports import hiding, marking, redacting, suggesting

SHORTEST = 2  # letters: a single one stands everywhere
NOTHING = "가린 곳이 없습니다."


def warnings(document, paper, texts):
    """Sentences for the official. `paper`: the tree with its marks, `texts`: what will be read of it."""
    found = [] if redacting.is_touched(paper) else [NOTHING]
    left = leftovers(paper, texts).items()
    found += [
        f"{_quoted(word, '이/가')} 한 곳에서 가려졌으나 다른 {count}곳에 남아 있습니다."
        for word, count in left
    ]
    suggested = suggesting.suggestions([paper], marking.private_names(document))
    return found + [f"{_quoted(each.quote, '이/가')} 가려지지 않았습니다({each.why})." for each in suggested]


def _quoted(word, pair):
    return f"‘{word}’{particle(word, pair)}"


def leftovers(paper, texts):
    """Words that are hidden in one place → in how many lines they stand open in another."""
    lines = [line for text in texts for line in text.splitlines()]
    counted = {word: sum(word in line for line in lines) for word in hidden_words(paper)}
    return {word: count for word, count in counted.items() if count}


def hidden_words(paper):
    """What is hidden and would be known again elsewhere, in order."""
    words = {word.strip() for word in hiding.hidden_texts(paper)}
    return sorted(word for word in words if len(word) >= SHORTEST)
