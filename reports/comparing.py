"""What changed between two rounds, line by line. Lines keep their id, so that a reworded line is known."""

from dataclasses import dataclass

from reports import numbering, tree

FACT_LABELS = {
    "title": "제목",
    "registered_title": "등록 제목",
    "disclosure": "공개구분",
    "clauses": "비공개 조항",
    "retention": "보존기간",
    "classification": "분류정보",
    "control_number": "관리번호",
    "policy_number": "방침번호",
}
LABELS = {"added": "더함", "changed": "고침", "removed": "지움"}


@dataclass(frozen=True)
class Difference:
    kind: str
    place: str
    before: str
    after: str

    @property
    def label(self):
        return LABELS[self.kind]


def differences(old, new):
    """Between two contents as stored with their rounds; an empty list means nothing changed."""
    found = _facts(old, new)
    found += _lines(tree.paper_from(old["paper"]), tree.paper_from(new["paper"]), "본문")
    before = {each["id"]: each for each in old["attachments"]}
    for each in new["attachments"]:
        earlier = before.pop(each["id"], None)
        found += _attachment(earlier, each)
    return found + [Difference("removed", "붙임", each["title"], "") for each in before.values()]


def _facts(old, new):
    pairs = [(label, old["facts"].get(name), new["facts"].get(name)) for name, label in FACT_LABELS.items()]
    pairs.append(("머리글", _lead(old), _lead(new)))
    return [
        _difference(label, _text(before), _text(after)) for label, before, after in pairs if before != after
    ]


def _lead(content):
    return "".join(run["text"] for run in content["paper"].get("lead", []))


def _attachment(old, new):
    if old is None:
        return [Difference("added", "붙임", "", new["title"])]
    if "paper" not in new:
        if old.get("file") == new["file"]:
            return []
        return [Difference("changed", "붙임", old["title"], f"{new['title']} (다른 파일)")]
    return _lines(tree.paper_from(old["paper"]), tree.paper_from(new["paper"]), f"붙임 {new['title']}")


def _lines(old, new, place):
    before, after = _texts(old), _texts(new)
    found = [
        _difference(place, before.get(key, ""), text)
        for key, text in after.items()
        if before.get(key, "") != text
    ]
    return found + [
        Difference("removed", place, text, "") for key, text in before.items() if key not in after
    ]


def _texts(paper):
    marks = numbering.marks(paper)
    texts = {}
    for _, node in tree.walk(paper.body):
        if node.table:
            texts |= _rows(node)
        else:
            texts[node.id] = f"{marks.get(node.id, '')} {node.text or _photo(node)}".strip()
    return texts


def _rows(node):
    """Each row of a table is compared by itself: one changed answer shows as one line."""
    rows = {f"{node.id} 제목": f"표 {node.table.caption} {node.table.unit}".strip()}
    for number, row in enumerate(node.table.head + node.table.rows):
        rows[f"{node.id} {number}"] = " | ".join(cell.text for cell in row)
    return rows


def _photo(node):
    return f"사진 {node.photo.caption or node.photo.alt}" if node.photo else ""


def _difference(place, before, after):
    kind = "changed" if before and after else "added" if after else "removed"
    return Difference(kind, place, before, after)


def _text(value):
    return ", ".join(value) if isinstance(value, list) else str(value or "")
