"""증빙: taking in photographs and papers, describing them, taking them back.

Bytes come first (evidence_files), the row last, so there is no row without its bytes; the same upload sent
again is the same row.
"""

import hashlib

from django.db import transaction
from django.db.models import Max

from audit import clock
from audit.recording import record
from inspections import file_names
from inspections.evidence_files import stored_bytes, taken_in
from inspections.models import Evidence
from inspections.workflow import StaleError, TransitionError, lock_open


def add(inspection, data, *, by, client_id, name, exif=b"", taken_at=None, rotation=0, **about):
    """Take in one file. The client made its number: sending it again gives the row that is there.

    `exif` and `taken_at` are what the device knows of a picture that it made smaller or took itself; `about`
    is item, site and caption. Decoding takes its time and is done before the transaction, so that no lock
    waits for it.
    """
    if existing := _known(inspection, client_id, data):
        return existing
    kind, values = taken_in(data, exif, rotation)
    if kind == Evidence.Kind.PHOTO:
        values["taken_at"] = values["taken_at"] or taken_at
    return _add(
        inspection,
        by=by,
        client_id=client_id,
        kind=kind,
        name=file_names.clean(name, kind),
        size=len(data),
        **about,
        **values,
    )


@transaction.atomic
def describe(evidence, *, by, caption, was):
    """Change the caption that read `was` when it was shown."""
    lock_open(evidence.inspection, by)
    _refuse_signed(evidence)
    caption = caption.strip()
    changed = Evidence.objects.current().filter(pk=evidence.pk, caption=was).update(caption=caption)
    evidence.refresh_from_db()
    if not changed and evidence.caption != caption:
        raise StaleError(evidence)
    if changed and caption != was:
        record("describe", evidence, by=by, chain=evidence.inspection, old=was, new=caption)
    return evidence


@transaction.atomic
def move(evidence, *, by, step):
    """Change places with the file before (-1) or behind (1) it at the same line; not beyond an end."""
    lock_open(evidence.inspection, by)
    place = {"inspection": evidence.inspection_id, "item": evidence.item_id, "site": evidence.site_id}
    row = list(Evidence.objects.current().filter(**place))
    at = row.index(evidence) if evidence in row else -1
    if at < 0 or not 0 <= at + step < len(row):
        return
    one, other = row[at], row[at + step]
    one.position, other.position = other.position, one.position
    Evidence.objects.bulk_update([one, other], ["position"])
    record("move_evidence", evidence, by=by, chain=evidence.inspection, name=evidence.name, step=step)


def turn(evidence, *, by, was):
    """A quarter to the right from `was` degrees; made anew from the original, so nothing is lost by it."""
    if evidence.kind != Evidence.Kind.PHOTO:
        raise TransitionError("사진만 돌릴 수 있습니다.")
    _refuse_signed(evidence)
    rotation = (was + 90) % 360
    _, values = taken_in(stored_bytes(evidence.original), b"", rotation)
    picture = {name: values[name] for name in ["shown", "shown_sha256", "thumbnail", "rotation"]}
    return _turn(evidence, by=by, was=was, picture=picture)


@transaction.atomic
def _turn(evidence, *, by, was, picture):
    lock_open(evidence.inspection, by)
    changed = Evidence.objects.current().filter(pk=evidence.pk, rotation=was).update(**picture)
    evidence.refresh_from_db()
    if not changed:
        raise StaleError(evidence)
    record("turn", evidence, by=by, chain=evidence.inspection, name=evidence.name, rotation=evidence.rotation)
    return evidence


@transaction.atomic
def withdraw(evidence, *, by, reason):
    """Take a file back while the inspection is open. Row and bytes stay, with the reason."""
    lock_open(evidence.inspection, by)
    if not reason.strip():
        raise TransitionError("거두는 까닭을 적어 주세요.")
    _refuse_signed(evidence)
    values = {"withdrawn_at": clock.now(), "withdrawn_by": by, "withdrawn_reason": reason.strip()}
    if not Evidence.objects.current().filter(pk=evidence.pk).update(**values):
        raise TransitionError("이미 거둔 증빙입니다.")
    evidence.refresh_from_db()
    record("withdraw", evidence, by=by, chain=evidence.inspection, name=evidence.name, reason=reason.strip())
    return evidence


def read(evidence, *, by):
    """The copy to be shown, noted in the history as looked at or, for a paper, downloaded."""
    data = stored_bytes(evidence.shown)
    action = "view" if evidence.kind == Evidence.Kind.PHOTO else "download"
    record(action, evidence, by=by, chain=evidence.inspection, name=evidence.name)
    return data


def _refuse_signed(evidence):
    if evidence.attestations.exists():
        raise TransitionError("확인 서명은 고치거나 거둘 수 없습니다.")


def _known(inspection, client_id, data):
    existing = Evidence.objects.filter(client_id=client_id).first()
    if existing and existing.inspection_id != inspection.pk:
        raise TransitionError("다른 점검에 쓰인 파일 번호입니다. 화면을 새로 고친 뒤 다시 올려 주세요.")
    if existing and existing.sha256 != hashlib.sha256(data).hexdigest():
        raise TransitionError("이미 다른 파일에 쓰인 번호입니다. 화면을 새로 고친 뒤 다시 올려 주세요.")
    return existing


@transaction.atomic
def _add(inspection, *, by, client_id, item=None, site=None, caption="", **values):
    inspection = lock_open(inspection, by)
    if existing := Evidence.objects.filter(client_id=client_id, inspection=inspection).first():
        return existing
    if item is not None and item.indicator.checklist_id != inspection.checklist_id:
        raise TransitionError("이 점검의 점검표에 없는 항목입니다.")
    if site is not None and not inspection.sites.filter(pk=site.pk).exists():
        raise TransitionError("이 점검에서 점검하지 않는 장소입니다.")
    last = inspection.evidence.aggregate(last=Max("position"))["last"] or 0
    evidence = Evidence.objects.create(
        inspection=inspection,
        client_id=client_id,
        item=item,
        site=site,
        caption=caption.strip(),
        position=last + 1,
        uploaded_by=by,
        uploaded_at=clock.now(),
        **values,
    )
    about = {"name": evidence.name, "sha256": evidence.sha256, "item": item.code if item else ""}
    record("add_evidence", evidence, by=by, chain=inspection, **about)
    return evidence
