"""A paper on the public site: put there, put right, taken down. The only module that writes Publication.

    approved ──publish──▶ shown ──correct(reason)──▶ shown      (something more is hidden, or less)
                            │  └──supersede: the paper that puts it right is published
                            └──withdraw(reason)──▶ withdrawn ──publish(reason)──▶ shown

What is shown is made first, holding no transaction; then one short transaction looks whether the marks of the
paper have moved meanwhile, and stores all of it. Asked again for what is there already, it answers with that.
"""

from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import StaleError, TransitionError, given
from publications import storing
from reports import opening, public_actions, public_edition, redacting, workflow
from reports.models import Document, Publication
from reports.public_warnings import hidden_words

MOVED = "공개본을 만드는 동안 비공개 표시가 달라졌습니다. 다시 눌러 주세요."
LOOK = "공개하기 전에 확인할 것이 있습니다. 아래를 살펴보고, 이대로 공개하려면 확인했다고 표시해 주세요."


class UnsureError(TransitionError):
    """Something should be looked at once more: `warnings` says what."""

    def __init__(self, warnings):
        super().__init__(LOOK)
        self.warnings = warnings


def publish(document, *, by, cleared=(), is_sure=False, reason=""):
    """Show it to everybody. `cleared`: keys of the attachments that go with it; `is_sure`: asked once more.

    `reason` is asked for where a paper that was approved as closed is opened, or one that was taken down is
    shown again.
    """
    opening.check(document, by)
    existing = Publication.objects.of(document)
    if existing and existing.is_shown:
        return existing
    if document.disclosure == Document.Disclosure.CLOSED or existing:
        reason = _tellable(reason, public_edition.paper_of(document))
    made = _made(document, cleared, is_sure)
    return _publish(document, made, by=by, reason=reason)


@transaction.atomic(durable=True)
def _publish(document, made, *, by, reason):
    document = _lock(document, made)
    existing = Publication.objects.of(document)
    if existing and existing.is_shown:
        return existing  # somebody else was faster, or the button was pressed twice
    now, today = clock.now(), clock.today()
    edition = storing.publish(
        made.prepared, at=now, on=today, reason=reason, edition=existing.edition if existing else None
    )
    publication = existing or Publication(document=document, edition=edition)
    publication.cleared, publication.published_by, publication.published_at = made.cleared, by, now
    publication.version += 1 if existing else 0
    publication.save()
    _follow(publication, made, now, today)
    record("publish_paper", document, by=by, public=edition.pk, content=edition.sha256, reason=reason)
    return publication


def correct(publication, *, by, version, reason, cleared=(), is_sure=False):
    """Show it with its marks as they are now, and say why."""
    opening.check(publication.document, by)
    reason = _tellable(reason, public_edition.paper_of(publication.document))
    made = _made(publication.document, cleared, is_sure)
    return _correct(publication, made, by=by, version=version, reason=reason)


@transaction.atomic(durable=True)
def _correct(publication, made, *, by, version, reason):
    document = _lock(publication.document, made)
    publication = _locked(publication, version)
    if publication.edition.sha256 == made.prepared.sha256:
        raise TransitionError("지금 공개된 것과 같습니다. 고칠 것이 없습니다.")
    now, today = clock.now(), clock.today()
    storing.correct(publication.edition, made.prepared, at=now, on=today, reason=reason)
    _move(publication, cleared=made.cleared)
    _follow(publication, made, now, today)
    record("correct_public", document, by=by, content=made.prepared.sha256, reason=reason)
    return publication


@transaction.atomic
def withdraw(publication, *, by, version, reason, hides_title=False):
    """Take it down. Its address goes on saying when and why; with `hides_title`, not what it was called."""
    document = workflow.lock(publication.document)
    opening.check(document, by)
    paper = public_edition.paper_of(document)
    reason = _tellable(reason, paper)
    publication = _locked(publication, version)
    # A word that was hidden after the last correction still stands in the title that is shown.
    title = "내린 문서" if hides_title else redacting.mask(paper.hidden)(publication.edition.title)
    storing.withdraw(publication.edition, at=clock.now(), on=clock.today(), reason=reason, title=title)
    _move(publication)
    record("withdraw_public", document, by=by, reason=reason)
    return publication


def refresh(*, day):
    """The states of the demands of all shown papers, as of a day. Returns how many papers have changed."""
    changed = 0
    shown = Publication.objects.filter(edition__withdrawn_on=None)
    for pk in shown.values_list("pk", flat=True):
        changed += _refresh(pk, day)
    return changed


@transaction.atomic
def _refresh(pk, day):
    publication = Publication.objects.select_related("document", "edition").get(pk=pk)
    document = workflow.lock(publication.document)
    publication.edition.refresh_from_db()  # as it is under the lock
    before = publication.edition.changed_at
    if publication.is_shown:
        rows = public_actions.of(document, public_edition.paper_of(document), day)
        storing.put_actions(publication.edition, rows, as_of=day, at=clock.now())
    return publication.edition.changed_at != before


def _tellable(reason, paper):
    """The reason, which everybody will read: what is hidden in the paper must not come out by it."""
    reason = given(reason, "까닭을")
    if said := [word for word in hidden_words(paper) if word in reason]:
        told = ", ".join(f"‘{word}’" for word in said)
        raise TransitionError(f"까닭은 시민에게 보입니다. 가린 말을 빼고 적어 주세요: {told}")
    return reason


def _made(document, cleared, is_sure):
    made = public_edition.make(document, cleared)
    if made.warnings and not is_sure:
        raise UnsureError(made.warnings)
    return made


def _lock(document, made):
    """The paper, if it is hidden as it was when the edition was made."""
    document = workflow.lock(document)
    if public_edition.fingerprint(document) != made.fingerprint:
        raise TransitionError(MOVED)
    return document


def _locked(publication, version):
    publication = (
        Publication.objects.select_for_update(of=("self",)).select_related("edition").get(pk=publication.pk)
    )
    if publication.version != version:
        raise StaleError({"version": publication.version})
    if not publication.is_shown:
        raise TransitionError("이미 내린 공개본입니다.")
    return publication


def _move(publication, **values):
    publication.version += 1
    for name, value in values.items():
        setattr(publication, name, value)
    publication.save(update_fields=["version", *values])


def _follow(publication, made, now, today):
    """What hangs on it: the states of its demands, and the paper that it puts right."""
    rows = public_actions.of(publication.document, made.paper, today)
    storing.put_actions(publication.edition, rows, as_of=today, at=now)
    before = publication.document.supersedes
    older = before and Publication.objects.of(before)
    if older and older.edition.superseded_by_id != publication.edition_id:
        reason = f"{publication.edition.number} 문서로 바로잡음"
        storing.supersede(older.edition, by=publication.edition, at=now, on=today, reason=reason)
