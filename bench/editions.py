"""A hundred thousand editions on the public site, as a city of forty departments would have after twelve years."""

import datetime as dt
import hashlib
import json
import random
import time
from collections import Counter
from contextlib import contextmanager
from importlib import import_module
from itertools import accumulate
from multiprocessing import get_context

from django.core.management import call_command
from django.db import connection

from bench import corpus
from bench.copying import copy
from bench.progress import tell
from publications import grams
from publications.models import (
    PublicAction,
    PublicChange,
    PublicContent,
    PublicEdition,
    PublicEntry,
    PublicFacet,
    PublicFile,
    PublicParty,
)

STEP, CORES = 1_000, 2
DAYS = (dt.date(2026, 12, 31) - dt.date(2015, 1, 1)).days
MOMENT = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
DEPARTMENTS = [f"{name}과" for name in corpus.VOCABULARY[100:140]]
CLASSES = [f"{a} > {b}" for a in corpus.VOCABULARY[200:220] for b in corpus.VOCABULARY[300:310]]
CONTRACTORS = [f"(사){name}운영회" for name in corpus.VOCABULARY[1000:2000]]
TABLES = (PublicEdition, PublicContent, PublicEntry, PublicParty, PublicChange, PublicFile, PublicAction)
Kind = PublicFacet.Kind


def load():
    """Two processes write texts, the index of pairs is made when all are there. Returns the seconds."""
    start = time.perf_counter()
    with _writable():
        call_command("migrate", verbosity=0)
        connection.cursor().execute("DROP INDEX public_grams")
        connection.close()
        with get_context("fork").Pool(CORES) as pool:
            counts = sum(pool.map(_step, range(1, corpus.EDITIONS + 1, STEP), chunksize=1), Counter())
        copy_all([PublicFacet(kind=kind, value=value, count=n) for (kind, value), n in counts.items()])
        tell("public: making its index")
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '400MB'")
            cursor.execute(import_module("publications.migrations.0002_search_and_guards").INDEX)
            cursor.execute("VACUUM ANALYZE")
    return time.perf_counter() - start


@contextmanager
def _writable():
    """The public site's connections only read, and for fifteen seconds at most: not while it is filled."""
    options = connection.settings_dict["OPTIONS"]
    session = options.pop("options")
    yield
    options["options"] = session
    connection.close()


def _step(first):
    """Write STEP editions; how many there are of each facet."""
    chance = random.Random(first)
    made = [_edition(key, chance) for key in range(first, min(first + STEP, corpus.EDITIONS + 1))]
    copy_all([each for objects in made for each in objects])
    return Counter(facet for objects in made for facet in _facets(objects))


def copy_all(objects):
    with connection.cursor() as cursor:
        for model in (*TABLES, PublicFacet):
            if rows := [each for each in objects if type(each) is model]:
                copy(cursor, model, rows)


def _zipf(chance, values):
    return chance.choices(values, cum_weights=list(accumulate(1 / (n + 5) for n in range(len(values)))))[0]


def _edition(key, chance):
    """The edition and all that hangs on it."""
    contractor, day = _zipf(chance, CONTRACTORS), dt.date(2015, 1, 1) + dt.timedelta(chance.randrange(DAYS))
    department = _zipf(chance, DEPARTMENTS)
    parts = corpus.paragraphs(key, chance)
    text = "\n".join(parts)
    edition = PublicEdition(
        pk=key, title=f"{day.year}년 {contractor} 지도·점검 결과보고", kind="결과보고", organisation="가온시",
        department=department, number=f"{department}-{key}", produced_on=day, disclosure="부분공개(5,6)",
        retention="10년", author="주무관", phone="02-000-0000", control_number=f"D{key:013}",
        classification=_zipf(chance, CLASSES), published_on=day, changed_at=MOMENT - dt.timedelta(minutes=key),
        sha256=hashlib.sha256(text.encode()).hexdigest(), actions_as_of=day,
    )  # fmt: skip
    return [edition, *_content(edition, parts, text), *_rest(edition, contractor)]


def _content(edition, parts, text):
    lines = "".join(f'<p class="line depth-1" id="line-{n}">{part}</p>' for n, part in enumerate(parts, 1))
    data = json.dumps({"title": edition.title, "lines": parts}, ensure_ascii=False)
    yield PublicContent(
        edition=edition, html=f'<article class="paper">{lines}</article>', text=text, data=data
    )
    yield PublicEntry(edition=edition, plain=grams.plain(f"{edition.title} {text}"))


def _rest(edition, contractor):
    """One contractor, a PDF (a small one), up to two attachments and four demands; one of fifty was put right."""
    on = edition.published_on
    yield PublicParty(edition=edition, name=contractor)
    yield PublicChange(edition=edition, kind="published", on=on)
    if edition.pk % 50 == 0:
        yield PublicChange(edition=edition, kind="corrected", on=on, reason="가릴 말이 남아 있었음")
    for order in range(edition.pk % 3 + 1):
        content = b"%%PDF-1.7 %d %d" % (edition.pk, order)
        yield PublicFile(
            edition=edition, kind="attachment" if order else "paper", order=order, title=f"붙임 {order}",
            html="<p>점검표</p>" if order == 1 else "", content=content, size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )  # fmt: skip
    for order in range(1, edition.pk % 5 + 1):
        text, done = f"증빙을 보완할 것 {order}", order % 2 == 0
        yield PublicAction(
            edition=edition, order=order, text=text, state="확인" if done else "알림", is_done=done, due_on=on
        )


def _facets(objects):
    edition, party = objects[0], objects[3]
    yield Kind.DEPARTMENT, edition.department
    yield Kind.CLASSIFICATION, edition.classification
    yield Kind.YEAR, str(edition.produced_on.year)
    yield Kind.CONTRACTOR, party.name
