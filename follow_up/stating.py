"""확인서·문답서: composed from findings, put to somebody, signed on the screen or on paper, or refused."""

import hashlib
import json

from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from follow_up.models import Statement
from inspections import attesting, evidence_files, file_names, workflow
from inspections.workflow import StaleError, TransitionError, given

Signed = Statement.Signed


def composed(findings):
    """A text of these lines to begin with: each with its figures, its receipts counted."""
    lines = []
    for number, finding in enumerate(findings, 1):
        lines.append(f"{number}. {' '.join(finding.text.split())}")
        if finding.measured is not None:
            lines.append(f"   측정값 {finding.measured.normalize():f}{finding.unit}")
        lines += [f"   {' / '.join(filter(None, row))}" for row in finding.receipts]
    return "\n".join(lines)


@transaction.atomic
def create(inspection, *, by, id, kind, findings, position, name="", text="", questions=()):
    inspection = _lock(inspection, by)
    if known := Statement.objects.filter(pk=id).first():
        return known
    if any(finding.inspection_id != inspection.pk for finding in findings):
        raise TransitionError("이 점검의 점검결과만 고를 수 있습니다.")
    made = Statement.objects.create(
        id=id, inspection=inspection, kind=kind, position=position.strip(), name=name.strip(),
        text=text.strip() or composed(findings), questions=list(questions), created_on=clock.today(),
    )  # fmt: skip
    made.findings.set(findings)
    record("create_statement", made, by=by, chain=inspection, kind=kind, text=made.text)
    return made


@transaction.atomic
def edit(statement, *, by, version, **fields):
    """Until it is signed."""
    current = _locked(statement, by, version)
    findings = fields.pop("findings", None)
    for name, value in fields.items():
        setattr(current, name, value)
    current.version = F("version") + 1
    current.save()
    if findings is not None:
        current.findings.set(findings)
    record("edit_statement", current, by=by, chain=current.inspection, text=current.text)
    current.refresh_from_db()
    return current


@transaction.atomic
def discard(statement, *, by):
    current = _locked(statement, by)
    record("discard_statement", current, by=by, chain=current.inspection, text=current.text)
    current.delete()


def sign_on_screen(statement, *, by, version, strokes):
    """The strokes are drawn here: no picture of the browser is taken over."""
    kind, values = evidence_files.taken_in(attesting.drawn(strokes), b"", 0)
    file = {"file_kind": kind, "file_name": "서명.jpg", "file_shown": values["shown"]}
    return _sign(statement, Signed.SCREEN, by=by, version=version, **file)


def sign_on_paper(statement, *, by, version, file):
    """`file`: columns of forms.fields.FilesField, the signed sheet as a photograph or a PDF."""
    name = file_names.clean(file["name"], file["kind"])
    columns = {"file_kind": file["kind"], "file_name": name, "file_shown": file["shown"]}
    return _sign(statement, Signed.PAPER, by=by, version=version, **columns)


def refuse(statement, *, by, version, reason):
    """서명 거부: noted with its reason; the statement stands all the same."""
    return _sign(statement, Signed.REFUSED, by=by, version=version, refusal=given(reason))


def digest(statement):
    """sha256 of what is signed."""
    findings = sorted(str(pk) for pk in statement.findings.values_list("pk", flat=True))
    content = [
        statement.kind,
        statement.position,
        statement.name,
        statement.text,
        statement.questions,
        findings,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def _sign(statement, how, *, by, version, **columns):
    current = _locked(statement, by, version)
    if not current.text and not current.questions:
        raise TransitionError("내용이 비어 있습니다.")
    Statement.objects.filter(pk=current.pk).update(
        signed=how,
        signed_at=clock.now(),
        taken_by=by,
        sha256=digest(current),
        version=F("version") + 1,
        **columns,
    )
    record(
        "sign_statement", current, by=by, chain=current.inspection, how=how, reason=columns.get("refusal", "")
    )
    current.refresh_from_db()
    return current


def _lock(inspection, by):
    inspection = workflow.lock(inspection, by)
    if not inspection.has_begun:
        raise TransitionError("점검을 시작한 뒤에 확인서를 만들 수 있습니다.")
    return inspection


def _locked(statement, by, version=None):
    inspection = _lock(statement.inspection, by)
    current = Statement.objects.select_for_update(of=("self",)).filter(pk=statement.pk).first()
    if current is None:
        raise TransitionError("그 사이 지워진 확인서입니다.")
    current.inspection = inspection
    if current.signed:
        raise TransitionError("서명한 확인서와 문답서는 고칠 수 없습니다.")
    if version is not None and current.version != version:
        raise StaleError(current)
    return current
