"""The files of a public edition: pictures without what a camera noted, and cleared attachments."""

from dataclasses import dataclass, replace

from inspections import imaging
from inspections.workflow import TransitionError
from publications.storing import PreparedFile
from reports import hiding, issuing, redacting, tree
from reports.hashes import sha256
from reports.opening import opened_attachments
from reports.rendering.html import render_embedded
from reports.rendering.pdf import render_pdf
from reports.rendering.text import render_text

CLOSED = "비공개로 결재된 붙임은 공개할 수 없습니다: {}"
HOLDS = "붙임 ‘{}’에 문서 전체에서 가린 말이 들어 있습니다. 이 붙임을 빼고 공개하세요."
PICTURE = "사진을 다시 쓰지 못했습니다. 이 문서의 사진을 확인해 주세요."
BROKEN = "붙임 ‘{}’을(를) 다시 쓰지 못했습니다. 이 붙임을 빼고 공개하세요."


@dataclass(frozen=True)
class Attached:
    attachment: int
    text: str
    files: tuple


def attachments(document, paper, cleared):
    """[Attached] of those with these keys; TransitionError for one that may not go out."""
    found = document.edition.files.filter(attachment__in=cleared).select_related("attachment")
    return [_attached(file, document, paper) for file in found]


def with_pictures(paper, document):
    """The paper naming pictures that were written anew, and those pictures by their hash."""
    try:
        anew = {
            key: imaging.photo(content).shown for key, content in issuing.pictures(paper, document).items()
        }
    except imaging.UnreadableError as error:
        raise TransitionError(PICTURE) from error
    keys = {key: sha256(content) for key, content in anew.items()}

    def renamed(node):
        return replace(node, photo=node.photo and replace(node.photo, sha256=keys[node.photo.sha256]))

    return replace(paper, body=tree.changed(paper.body, renamed)), {keys[key]: anew[key] for key in anew}


def of_pictures(pictures):
    return [PreparedFile("picture", content) for _, content in sorted(pictures.items())]


def _attached(file, document, paper):
    if file.attachment.clauses and file.attachment_id not in opened_attachments(document):
        raise TransitionError(CLOSED.format(file.title))
    make = _generated if file.tree else _uploaded
    return make(file, document, paper, redacting.mask(paper.hidden)(file.title))


def _generated(file, document, paper, title):
    text, files = sheet(document, tree.paper_from(file.tree), paper.hidden, title=title, order=file.order)
    return Attached(file.attachment_id, text, files)


def sheet(document, paper, hidden, *, title, order):
    """(text, files) of a filled checklist, without the words that are hidden in all the paper."""
    paper = hiding.hidden_everywhere(paper, [hiding.Mark(run.text, run.clause) for run in hidden])
    shown, pictures = with_pictures(redacting.public(paper), document)
    shown = redacting.anchored(shown)
    html = render_embedded(shown, image_url=lambda key: f"../../pictures/{key}.jpg")
    made = PreparedFile("attachment", render_pdf(shown, images=pictures), title, order, html)
    return render_text(shown), (made, *of_pictures(pictures))


def _uploaded(file, _document, paper, title):
    """The PDF as it was uploaded, without notes and bookmarks, if no word of it is hidden elsewhere."""
    try:
        pdf = imaging.pages(bytes(file.pdf))
        text = imaging.words(pdf)
    except imaging.UnreadableError as error:
        raise TransitionError(BROKEN.format(file.title)) from error
    if any(run.text in text for run in paper.hidden):
        raise TransitionError(HOLDS.format(file.title))
    return Attached(file.attachment_id, text, (PreparedFile("attachment", pdf, title, file.order),))
