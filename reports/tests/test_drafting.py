import uuid

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Event
from contractors.tests.factories import SubjectFactory
from inspections.tests.factories import InspectionFactory, TeamMemberFactory
from inspections.workflow import StaleError, TransitionError
from reports import assembling, attaching, creating, drafting, lines, tree
from reports.models import Block, Document
from reports.tests.factories import AttachmentFactory, BlockFactory, Office, draft, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    return draft(office)


@pytest.fixture
def block(document):
    return document.blocks.last()


# The paper ------------------------------------------------------------------------------------------------


def test_draft_is_composed_from_its_inspection(office):
    subject = SubjectFactory(
        name="전자상거래센터 운영", department=office.department, classification="경제 > 소비자"
    )
    inspection = InspectionFactory(department=office.department, subject=subject, done=True)

    document = creating.create([inspection], by=office.drafter)

    assert document.title == "2020년 전자상거래센터 운영 민간위탁 지도·점검 결과보고"
    assert document.classification == "경제 > 소비자"
    assert document.blocks.first().text == "점검개요"
    assert not any(block.is_edited for block in document.blocks.all())
    assert document.attachments.get().title.startswith("2020년 민간위탁 지도점검표")


def test_member_of_the_team_from_another_office_may_draft(office):
    inspection = InspectionFactory(done=True)
    TeamMemberFactory(inspection=inspection, user=office.drafter)

    assert creating.create([inspection], by=office.drafter).department == inspection.department


def test_stranger_may_not_draft(office):
    with pytest.raises(PermissionDenied):
        creating.create([InspectionFactory(done=True)], by=office.drafter)


@pytest.mark.parametrize("state", ["in_progress", "excluded", "not_done"])
def test_draft_waits_for_the_inspection_to_be_done(office, state):
    inspection = InspectionFactory(department=office.department, **{state: True})

    with pytest.raises(TransitionError, match="점검을 완료한 다음"):
        creating.create([inspection], by=office.drafter)


def test_second_draft_of_an_inspection_is_refused(office):
    inspection = draft(office).inspections.get()

    with pytest.raises(TransitionError, match="이미 작성하고"):
        creating.create([inspection], by=office.drafter)


def test_facts_are_changed_on_their_version_and_told_to_the_history(office, document):
    changed = drafting.edit_facts(
        document, {"title": "새 제목", "status": "approved"}, version=1, by=office.drafter
    )

    assert (changed.title, changed.status, changed.version) == ("새 제목", "draft", 2)
    event = Event.objects.get(action="edit_facts")
    assert event.detail == {"before": {"title": document.title}, "after": {"title": "새 제목"}}


def test_facts_saved_on_an_old_version_tell_what_stands_there(office, document):
    drafting.edit_facts(document, {"title": "먼저"}, version=1, by=office.drafter)

    with pytest.raises(StaleError) as stale:
        drafting.edit_facts(document, {"title": "나중"}, version=1, by=office.drafter)

    assert stale.value.current["title"] == "먼저"


def test_draft_is_thrown_away_with_a_trace(office, document):
    drafting.discard(document, by=office.drafter)

    assert not Document.objects.exists()
    assert Event.objects.filter(action="discard", label=str(document)).exists()


def test_paper_that_was_once_sent_is_not_thrown_away(office):
    document = sent(office)

    with pytest.raises(TransitionError):
        drafting.discard(document, by=office.drafter)


CHANGES = {
    "facts": lambda document, by: drafting.edit_facts(document, {"title": "x"}, version=1, by=by),
    "discard": lambda document, by: drafting.discard(document, by=by),
    "attachment": lambda document, by: attaching.edit(
        document.attachments.get(), title="x", copies=1, clauses=[], place=1, by=by
    ),
    "add": lambda document, by: lines.add_line(document, by=by, id=uuid.uuid4(), text="x"),
    "save": lambda document, by: lines.save_line(document.blocks.last(), by=by, version=1, text="x"),
    "move": lambda document, by: lines.move_line(document.blocks.last(), by=by, version=1, after=None),
    "delete": lambda document, by: lines.delete_line(document.blocks.last(), by=by, version=1),
    "restore": lambda document, by: lines.restore_line(document.blocks.last(), by=by),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("person", ["lead", "head", "colleague", "neighbour"])
def test_nobody_but_the_drafter_writes(office, document, change, person):
    AttachmentFactory(document=document)

    with pytest.raises(PermissionDenied):
        CHANGES[change](document, getattr(office, person))


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_written_while_the_paper_is_in_approval(office, document, change):
    AttachmentFactory(document=document)
    sent(office, document=document)

    with pytest.raises(TransitionError):
        CHANGES[change](document, office.drafter)


# Lines ----------------------------------------------------------------------------------------------------


def texts(document):
    return [block.text for block in document.blocks.filter(is_removed=False)]


def test_line_is_added_behind_another_and_only_once(office, document):
    first, fresh = document.blocks.first(), uuid.uuid4()

    for _ in range(2):
        lines.add_line(document, by=office.drafter, id=fresh, after=first, text="새 줄", level=4, depth=2)

    assert texts(document) == ["점검개요", "새 줄", "점검일시: ’20. 12. 30.(수)"]


def test_id_of_a_line_of_another_paper_is_refused(office, document):
    other = draft(office).blocks.first()

    with pytest.raises(TransitionError, match="다른 문서"):
        lines.add_line(document, by=office.drafter, id=other.pk, text="x")


def test_lines_find_room_between_two_neighbours(office, document):
    first = document.blocks.first()
    for number in range(30):
        lines.add_line(document, by=office.drafter, id=uuid.uuid4(), after=first, text=str(number))

    assert texts(document)[1:31] == [str(number) for number in reversed(range(30))]


def test_saving_a_line_counts_its_version(office, block):
    saved = lines.save_line(
        block, by=office.drafter, version=1, text=" 고친 글 ", level=4, depth=3, kind="note"
    )

    assert (saved.text, saved.level, saved.depth, saved.kind, saved.version) == ("고친 글", 4, 3, "note", 2)


def test_saving_what_is_there_changes_nothing(office, block):
    assert lines.save_line(block, by=office.drafter, version=1, text=block.text).version == 1
    assert not Event.objects.filter(action="save_line").exists()


def test_line_saved_on_an_old_version_tells_what_stands_there(office, block):
    lines.save_line(block, by=office.drafter, version=1, text="먼저")

    with pytest.raises(StaleError) as stale:
        lines.save_line(block, by=office.drafter, version=1, text="나중")

    assert (stale.value.current["text"], stale.value.current["version"]) == ("먼저", 2)


def test_unprintable_letters_never_reach_the_paper(office, block):
    saved = lines.save_line(block, by=office.drafter, version=1, text="줄\x00바꿈\n둘\u202e째")

    assert saved.text == "줄바꿈 둘째"


def test_line_hidden_as_a_whole_stays_hidden_when_reworded(office, document):
    block = BlockFactory(document=document, runs=[["이름", "6"]])

    assert lines.save_line(block, by=office.drafter, version=1, text="다른 이름").runs == [["다른 이름", "6"]]


def test_depth_and_level_stay_within_the_tree(office, block):
    saved = lines.save_line(block, by=office.drafter, version=1, depth=99, level=99)

    assert (saved.depth, saved.level) == (7, 5)


def test_table_does_not_become_a_line(office, document):
    table = BlockFactory(document=document, kind="table", runs=[], payload={"rows": [["가"], ["나"]]})

    assert lines.save_line(table, by=office.drafter, version=1, kind="line").kind == "table"


def test_line_moves_with_what_hangs_below_it(office, document):
    deep = BlockFactory(document=document, depth=2, runs=[["아래", ""]])
    last = BlockFactory(document=document, depth=0, runs=[["끝", ""]])
    second = document.blocks.get(level=2)

    lines.move_line(second, by=office.drafter, version=1, after=last)

    assert texts(document) == ["점검개요", "끝", second.text, deep.text]


def test_line_does_not_move_below_itself(office, document):
    deep = BlockFactory(document=document, depth=2)

    with pytest.raises(TransitionError, match="자기 아래"):
        lines.move_line(document.blocks.get(level=2), by=office.drafter, version=1, after=deep)


def test_deleted_line_is_not_printed_and_comes_back_where_it_was(office, document, block):
    before = texts(document)

    lines.delete_line(block, by=office.drafter, version=1)
    assert block.text not in str(assembling.content(document)["paper"])
    lines.restore_line(block, by=office.drafter)

    assert texts(document) == before


def test_deleted_line_is_not_saved(office, block):
    lines.delete_line(block, by=office.drafter, version=1)

    with pytest.raises(StaleError):
        lines.save_line(block, by=office.drafter, version=2, text="x")


def test_every_change_of_a_line_is_told_to_the_papers_history(office, document, block):
    lines.save_line(block, by=office.drafter, version=1, text="고침")
    lines.delete_line(block, by=office.drafter, version=2)
    lines.restore_line(block, by=office.drafter)

    actions = (
        Event.objects.filter(chain=f"document:{document.pk}").order_by("seq").values_list("action", flat=True)
    )
    assert list(actions) == ["save_line", "delete_line", "restore_line"]


# Assembling -----------------------------------------------------------------------------------------------


def test_lines_become_a_tree_by_their_depth(document):
    paper = assembling.paper(document)

    assert [(depth, node.text) for depth, node in tree.walk(paper.body)] == [
        (1, "점검개요"),
        (2, "점검일시: ’20. 12. 30.(수)"),
    ]


def test_table_prints_its_first_row_as_head_and_figures_to_the_right(document):
    rows = [["구분", "건수"], ["적정", "1,234"], ["부적정", "-"]]
    BlockFactory(
        document=document,
        kind="table",
        depth=1,
        runs=[],
        payload={"caption": "총괄", "unit": "건", "rows": rows},
    )

    table = assembling.paper(document).body[0].children[-1].table

    assert (table.caption, table.unit, [cell.text for cell in table.head[0]]) == (
        "총괄",
        "(단위: 건)",
        ["구분", "건수"],
    )
    assert [[cell.align for cell in row] for row in table.rows] == [["center", "right"]] * 2


def test_a_column_is_as_wide_as_its_texts_want(document):
    rows = [["일시", "건명"], ["2026. 3. 2.", "상생협의회 실무회의 다과 구입"], ["2026. 3. 3.", ""]]
    BlockFactory(document=document, kind="table", depth=1, runs=[], payload={"caption": "표", "rows": rows})

    table = assembling.paper(document).body[0].children[-1].table

    assert (table.unit, table.widths) == ("", (14, 32))
    assert [[cell.align for cell in row] for row in table.rows] == [["left", "left"]] * 2


def test_content_holds_the_facts_and_the_attachments(document):
    AttachmentFactory(document=document, clauses=["7"])

    content = assembling.content(document)

    assert content["facts"]["disclosure"] == "partial"
    assert content["attachments"][0]["clauses"] == ["7"]
    assert content["attachments"][0]["paper"]["form"] == "checklist"


@pytest.mark.parametrize(
    "change",
    [
        lambda document: Document.objects.filter(pk=document.pk).update(clauses=["5", "7"]),
        lambda document: Block.objects.filter(document=document).update(level=3),
        lambda document: document.attachments.update(title="다른 붙임"),
        lambda document: document.attachments.update(clauses=["7"]),
    ],
)
def test_hash_follows_the_content(document, change):
    AttachmentFactory(document=document)
    before = assembling.digest(assembling.content(document))

    change(document)

    assert assembling.digest(assembling.content(Document.objects.get(pk=document.pk))) != before


def test_a_column_of_zeros_is_one_of_figures_where_something_is_counted(document):
    rows = [["구분", "제외", "미실시"], ["가온구", "1", "-"], ["나온구", "2", "-"]]
    for unit in ("곳", ""):
        payload = {"caption": "현황", "unit": unit, "rows": rows}
        BlockFactory(document=document, kind="table", depth=1, runs=[], payload=payload)

    counted, plain = (node.table for node in assembling.paper(document).body[0].children[-2:])

    assert [cell.align for cell in counted.rows[0]] == ["center", "right", "right"]
    assert [cell.align for cell in plain.rows[0]] == ["center", "right", "center"]
