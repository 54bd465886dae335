"""What WeasyPrint 70.0 leaves out of PDF/UA-1 and PDF/A-2a, so that one file is both.

install()   once a process: page numbers and the bars of charts become artifacts, which a screen reader skips
finish      the `finisher` of write_pdf: header scope, metadata that names PDF/UA, no interpolated pictures,
            Korean names of the files inside
"""

import pydyf
from weasyprint import draw
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import stream, tags

UA_SCHEMA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
SVG = "{http://www.w3.org/2000/svg}svg"
LEADS_ON = "이 제목이 있는 쪽으로 가기"
PRINTED = 4  # the annotation flag PDF/A asks for


def finish(document, pdf):
    """Mend the objects just before they are written."""
    for item in pdf.objects:
        if isinstance(item, dict):
            _mend_dictionary(item, pdf.objects)
        extra = getattr(item, "extra", None)
        if extra:
            _mend_stream(item, extra)


def _mend_dictionary(item, objects):
    if item.get("S") == "/TH" and "A" in item:
        item["A"]["Scope"] = _scope(item, objects)
    if item.get("Type") == "/Filespec":
        item["F"].string = item["UF"].string  # it is the key in the list of files too, and Korean is no ASCII
    if item.get("Type") == "/Annot":
        item["F"] = item.get("F", 0) | PRINTED
        if "Dest" in item:
            item["Contents"].string = LEADS_ON  # it would be the bare name of the place


def _mend_stream(stream, extra):
    if extra.get("Type") == "/Metadata":
        stream.compress = False  # a reader of metadata alone must find it
        stream.stream = [_with_ua(part) for part in stream.stream]
    if "Interpolate" in extra:
        extra["Interpolate"] = "false"


def _scope(cell, objects):
    """A head cell in the table head speaks for its column, one that opens a row for the row."""
    row = _object(cell["P"], objects)
    section = _object(row["P"], objects)
    opens_row = row["K"][0] == cell.reference
    return "/Row" if section.get("S") != "/THead" and opens_row else "/Column"


def _object(reference, objects):
    return objects[int(reference.split()[0])]


def _with_ua(part):
    part = part if isinstance(part, bytes) else part.encode()
    return part.replace(b"</rdf:RDF>", UA_SCHEMA.encode() + b"</rdf:RDF>")


def install():
    if getattr(tags, "margins_are_artifacts", False):
        return
    tags.margins_are_artifacts = True
    plain_draw, plain_tree, plain_marked = (
        draw.draw_stacking_context,
        tags._build_box_tree,
        stream.Stream.marked,
    )

    def draw_stacking_context(canvas, context):
        if not isinstance(context.box, MarginBox):
            return plain_draw(canvas, context)
        canvas.in_page_margin = True
        try:
            return plain_draw(canvas, context)
        finally:
            canvas.in_page_margin = False

    def marked(canvas, box, tag):
        if getattr(canvas, "in_page_margin", False) or _is_bar(box):
            return canvas.artifact()
        return plain_marked(canvas, box, tag)

    def build_box_tree(box, *rest):
        return iter(()) if isinstance(box, MarginBox) or _is_bar(box) else plain_tree(box, *rest)

    draw.draw_stacking_context = draw_stacking_context
    stream.Stream.marked = marked
    tags._build_box_tree = build_box_tree
    pydyf.PDF.page_references = property(_page_references)


def _is_bar(box):
    """A drawing that says nothing beside the figure next to it."""
    return getattr(box, "element_tag", None) == SVG and box.element.get("aria-hidden") == "true"


def _page_references(pdf):
    """Asked for each element of the page tree; made anew each time, it costs the square of a long paper."""
    kids = pdf.pages["Kids"][::3]
    if len(getattr(pdf, "known_references", ())) != len(kids):
        pdf.known_references = tuple(f"{number} 0 R".encode() for number in kids)
    return pdf.known_references
