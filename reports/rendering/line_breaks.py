"""Korean words stay whole in a PDF: WeasyPrint 70.0 knows no `word-break: keep-all`.

install() marks each word as unbreakable through Pango (the attribute allow-breaks), in text whose language is
Korean. No character is added: searching, copying and screen readers get what was written. A word wider than
its line is broken after a middle dot, hyphen, slash or bracket, and only then between any two letters.

These are private names of WeasyPrint: it is pinned, and a test reads the lines of a rendered page.
"""

import re
import sys
from contextlib import contextmanager

from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

# A word, or a date with all that clings to it: (’20. 12. 9.) is not torn either.
DATE = r"(?:\d{4}|\d{2})\. \d{1,2}\.(?: \d{1,2}\.)?"
WORD = re.compile(rf"[^\s\u200b]*?{DATE}[^\s\u200b]*|[^\s\u200b]{{2,}}")
PART = re.compile(r"[^\s\u200b·‧/~\-–)\]」』》〉,]+[·‧/~\-–)\]」』》〉,]*")
NOTHING = re.compile(r"(?!)")

_pattern = WORD


def install():
    if getattr(line_break, "keeps_korean_words", False):
        return
    line_break.keeps_korean_words = True
    ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);")
    ffi.cdef("int pango_layout_get_width (PangoLayout *layout);")
    _keep_words_in_layouts()
    _keep_words_in_attributes()
    _break_words_that_are_too_wide()


def _keep_words_in_layouts():
    plain = line_break.Layout.set_text

    def set_text(self, text, justify=False):
        plain(self, text, justify)
        if len(self.text) < 2 or pango.pango_layout_get_width(self.layout) < 0:
            return  # nothing can break: the lines are made, this is for drawing
        if not _is_korean(self.style["lang"]):
            return
        spans = list(_spans(self.text))
        if not spans:
            return
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for start, end in spans:
            attribute = pango.pango_attr_allow_breaks_new(False)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)

    line_break.Layout.set_text = set_text


def _keep_words_in_attributes():
    plain = line_break.get_log_attrs

    def get_log_attrs(text, lang):
        attributes = plain(text, lang)
        if _is_korean(lang):
            for match in _pattern.finditer(text):
                for index in range(match.start() + 1, match.end()):
                    attributes[index].is_line_break = 0
        return attributes

    line_break.get_log_attrs = get_log_attrs


def _break_words_that_are_too_wide():
    plain = line_break.split_first_line

    def split_first_line(text, style, context, width, justification, is_line_start=True, minimum=False):
        arguments = (text, style, context, width, justification, is_line_start, minimum)
        if minimum and style["overflow_wrap"] == "anywhere":
            with _unbreakable(NOTHING):
                return plain(*arguments)
        result = plain(*arguments)
        if minimum or width is None or not is_line_start or not _may_break(style):
            return result
        for pattern in (PART, NOTHING):
            if result[3] <= width:
                break
            with _unbreakable(pattern):
                result = plain(*arguments)
        return result

    line_break.split_first_line = split_first_line
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, "split_first_line", None) is plain:
            module.split_first_line = split_first_line


def _spans(text):
    """Byte ranges of what must stay whole."""
    position, offset = 0, 0
    for match in _pattern.finditer(text):
        offset += len(text[position : match.start()].encode())
        length = len(match[0].encode())
        yield offset, offset + length
        position, offset = match.end(), offset + length


@contextmanager
def _unbreakable(pattern):
    global _pattern
    before, _pattern = _pattern, pattern
    try:
        yield
    finally:
        _pattern = before


def _is_korean(language):
    return bool(language) and str(language).lower().startswith("ko")


def _may_break(style):
    wraps = style["white_space"] in ("normal", "pre-wrap", "pre-line")
    return wraps and style["overflow_wrap"] != "normal" and _is_korean(style["lang"])
