"""Order of Korean names (사전순): without the signs of a legal form, in composed syllables."""

import re
import unicodedata

LEGAL_FORMS = re.compile(
    r"\((?:주|사|재|유|복|학)\)|㈜|㈔|㈐|주식회사|유한회사|사단법인|재단법인|사회복지법인|학교법인|의료법인|협동조합"
)


def sort_key(name):
    """The name as it is sorted: `(사)한국소비자연맹` stands at 한, not before the digits."""
    composed = unicodedata.normalize("NFC", name)
    return re.sub(r"\s+", "", LEGAL_FORMS.sub("", composed)) or composed
