"""확인 서명: the attendant of the contractor signs on the screen what was written, or it is noted why not.

A signature comes as strokes, rows of points in a field of 1,000 × 400, and is drawn here: no picture of the
browser is taken over. It is bound to the answers of that moment.
"""

import hashlib
import io
import json

from django.db import transaction
from PIL import Image, ImageDraw

from audit import clock
from audit.recording import record
from inspections import evidence
from inspections.answer_rules import FIELDS
from inspections.models import Attestation
from inspections.workflow import TransitionError, lock_open

WIDTH, HEIGHT, PEN = 1000, 400, 6


def answers_digest(inspection):
    """sha256 of all answers as they stand: one query."""
    rows = inspection.answers.order_by("item", "site").values_list("item", "site", *FIELDS)
    text = json.dumps([list(map(str, row)) for row in rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def attest(inspection, *, by, client_id, name, position="", strokes=(), reason=""):
    """Take one signature, or the reason why there is none. Sent again it is the one that is there."""
    who = {"name": name.strip(), "position": position.strip()}
    reason = reason.strip()
    if not who["name"] or bool(strokes) == bool(reason):
        raise TransitionError("이름과, 서명이나 서명하지 않은 까닭 가운데 하나가 있어야 합니다.")
    picture = _kept(inspection, by, client_id, strokes, Attestation(**who)) if strokes else None
    return _attest(inspection, by=by, client_id=client_id, evidence=picture, reason=reason, **who)


def _kept(inspection, by, client_id, strokes, attestation):
    """The drawing as a 증빙, before the lock is taken: it is decoded there like any other."""
    about = {"name": "확인 서명.png", "caption": f"확인 서명: {attestation}"}
    return evidence.add(inspection, drawn(strokes), by=by, client_id=client_id, **about)


@transaction.atomic
def _attest(inspection, *, by, client_id, **values):
    inspection = lock_open(inspection, by)
    if existing := Attestation.objects.filter(client_id=client_id).first():
        if existing.inspection_id != inspection.pk:
            raise TransitionError("다른 점검에 쓰인 번호입니다. 화면을 새로 고친 뒤 다시 서명받으세요.")
        return existing
    made = Attestation.objects.create(
        inspection=inspection,
        client_id=client_id,
        answers_sha256=answers_digest(inspection),
        signed_at=clock.now(),
        taken_by=by,
        **values,
    )
    record("attest", inspection, by=by, name=made.name, reason=made.reason, answers=made.answers_sha256)
    return made


def drawn(strokes):
    """A PNG of the strokes, black on white."""
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [tuple(point) for point in stroke]
        if len(points) == 1:
            [(x, y)] = points
            pen.ellipse((x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2), fill=0)
        else:
            pen.line(points, fill=0, width=PEN, joint="curve")
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
