"""Adding links to the chain of events and checking that none was changed, removed or cut off."""

import hashlib
import json
from contextvars import ContextVar

from django.db import transaction

from audit import clock
from audit.models import ChainHead, Event
from prepared.queries import PreparedQuery

# Where the present request came from; set by audit.middleware, empty in commands.
client_ip = ContextVar("client_ip", default=None)


@transaction.atomic(savepoint=False)  # what fails here undoes the act as well
def record(action, obj, *, by, chain=None, key=None, **detail):
    """Add an event about `obj` to the chain it belongs to, in the caller's transaction.

    `chain` names the object whose history this is part of (an answer belongs to its inspection);
    without it the object's own. `detail` must be JSON: texts, numbers, lists; no secrets. `key` is the number
    that the client made for what it asks: the same one cannot be recorded twice.
    """
    owner = chain or obj
    name = f"{owner._meta.model_name}:{owner.pk}"
    head = _locked_head(name)
    event = Event(
        chain=name,
        seq=head.last_seq + 1,
        at=clock.now(),
        actor=by if by and by.pk else None,
        actor_name=str(by)[:100] if by and by.pk else "",
        ip=client_ip.get(),
        action=action,
        object_type=obj._meta.model_name,
        object_id=str(obj.pk),
        label=str(obj)[:300],
        detail=detail if key is None else detail | {"key": str(key)},  # in the detail it is part of the hash
        key=key,
        prev_hash=head.last_hash,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    ChainHead.objects.filter(pk=head.pk).update(last_seq=event.seq, last_hash=event.hash)
    return event


def _locked_head(name):
    # A chain begins once in its life, and two may begin it at once.
    if (head := _head_locked.first(chain=name)) is None:
        ChainHead.objects.get_or_create(chain=name)
        head = _head_locked.first(chain=name)
    return head


@PreparedQuery
def _head_locked(*, chain):
    return ChainHead.objects.select_for_update().filter(chain=chain)


def digest(event):
    """The sha256 over all columns of the event and the hash before it."""
    columns = [
        event.prev_hash, event.chain, event.seq, event.at.timestamp(), event.actor_id, event.actor_name,
        event.ip, event.action, event.object_type, event.object_id, event.label, event.detail,
    ]  # fmt: skip
    text = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links():
    """Say for every chain that does not verify what is wrong; an empty list means all is well."""
    problems = []
    last = {}
    for event in Event.objects.order_by("chain", "seq").iterator():
        seq, previous = last.get(event.chain, (0, ""))
        if event.seq != seq + 1 or event.prev_hash != previous:
            problems.append(f"{event.chain}: {seq}번 다음 이력이 빠졌거나 순서가 다릅니다.")
        if digest(event) != event.hash:
            problems.append(f"{event.chain}: {event.seq}번 이력의 내용이 바뀌었습니다.")
        last[event.chain] = (event.seq, event.hash)
    for head in ChainHead.objects.iterator():
        if last.get(head.chain, (0, "")) != (head.last_seq, head.last_hash):
            problems.append(f"{head.chain}: 마지막 이력이 잘려 나갔습니다.")
        last.pop(head.chain, None)
    problems += [f"{chain}: 사슬의 머리가 없습니다." for chain in last]
    return problems
