"""One of everything in an office of ours, and people of all roles around it.

A URL finds its object by the name of its keyword: `VALUES` says which, by the beginning of the URL's name.
"""

from types import SimpleNamespace

from django.apps import apps

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from follow_up.tests.factories import (
    ActionReportFactory,
    DispositionFactory,
    OpinionFactory,
    PaperItemFactory,
    PaymentFactory,
    ProcedureFactory,
    ReportFileFactory,
    StatementFactory,
    WishFactory,
    demand,
    done_inspection,
)
from inspections.evidence_files import path_of
from inspections.models import FindingType, Inspection
from inspections.tests.factories import (
    MOMENT,
    ActionFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    EvidenceFactory,
    FindingFactory,
    InspectionFactory,
    StageFactory,
    TeamMemberFactory,
    VisitFactory,
)
from publications.tests.factories import published
from reports import marking, opening
from reports.models import Publication
from reports.tests.factories import AbsenceFactory, AttachmentFactory, Office, approved, draft, sent, step_of

ROLES = [
    "nobody", "own", "colleague", "lead", "head", "member", "concurring", "other", "viewer", "superintendent",
    "superuser", "contractor",
]  # fmt: skip


def build():
    """The world of the matrix: an inspection under way, and a paper as draft, in approval and issued."""
    office = Office()
    world = SimpleNamespace(office=office, users=_users(office))
    world.inspection = InspectionFactory(department=office.department, in_progress=True)
    world.indicator = world.inspection.checklist.indicators.first()
    world.team_member = TeamMemberFactory(inspection=world.inspection, user=office.drafter)
    TeamMemberFactory(inspection=world.inspection, user=world.users["member"])
    item = ChecklistItemFactory(indicator__checklist=ChecklistFactory())
    world.sheet_item, world.sheet = item, item.indicator.checklist
    world.visit = VisitFactory(inspection=world.inspection)
    world.stage = StageFactory(inspection=world.inspection)
    world.line = FindingFactory(inspection=world.inspection)
    world.action = ActionFactory(inspection=world.inspection)
    world.evidence = EvidenceFactory(inspection=world.inspection)
    world.evidence.thumbnail = world.evidence.shown
    world.evidence.save()
    store(world.evidence)
    world.draft = draft(office)
    world.block = world.draft.blocks.first()
    world.mark = marking.add(
        world.draft, by=office.drafter, block=world.block, quote="", clauses=["6"], reason="이름"
    )
    world.attachment = AttachmentFactory(document=world.draft)
    world.paper = sent(
        office, document=AttachmentFactory(document=draft(office)).document, line=office.long_line
    )
    world.absence = AbsenceFactory(user=office.drafter, substitute=office.colleague)
    world.review, world.decision = step_of(world.paper, office.lead), step_of(world.paper, office.head)
    world.photo = EvidenceFactory(inspection__department=office.department, inspection__in_progress=True)
    store(world.photo)
    world.issued = approved(office, document=_with_attachment(office, world.photo), line=office.long_line)
    AgreementFactory()
    _publish(world, office)
    _follow_up(world, office)
    return world


def _publish(world, office):
    """The issued paper is on the public site, and a word that had been overlooked is hidden."""
    world.later = opening.hide_more(
        world.issued, by=office.drafter, quote="점검개요", clauses=["6"], reason="이름"
    )
    Publication.objects.create(
        document=world.issued, edition=published(), published_by=office.drafter, published_at=MOMENT
    )


def _follow_up(world, office):
    """A demand told to a contractor whose person is not ours, and a disposition that is being heard."""
    inspection = done_inspection(department=office.department)
    TeamMemberFactory(inspection=inspection, user=world.users["member"])
    world.demand = demand(inspection, won=1000)
    world.payment = PaymentFactory(action=world.demand)
    judged = {
        "verdict": "rework",
        "verdict_note": "사진이 없음",
        "decided_by": office.drafter,
        "decided_on": MOMENT.date(),
    }
    world.report_file = ReportFileFactory(report=ActionReportFactory(action=world.demand, **judged))
    world.disposition = DispositionFactory(inspection=inspection, status="notified")
    ProcedureFactory(disposition=world.disposition)
    world.opinion = OpinionFactory(disposition=world.disposition)
    world.item = PaperItemFactory(inspection=world.inspection)
    world.wish = WishFactory(inspection=world.inspection)
    world.statement = StatementFactory(inspection=world.inspection)


def _users(office):
    contractor = UserFactory(contractor=True)
    ContractorUserFactory(user=contractor)
    return {
        "nobody": None,
        "own": office.drafter,
        "colleague": office.colleague,
        "lead": office.lead,
        "head": office.head,
        "member": UserFactory(department=DepartmentFactory(team=True)),
        "concurring": office.neighbour,
        "other": UserFactory(department=DepartmentFactory(team=True)),
        "viewer": UserFactory(viewer=True, department=DepartmentFactory()),
        "superintendent": UserFactory(superintendent=True),
        "superuser": UserFactory(is_superuser=True),
        "contractor": contractor,
    }


def _with_attachment(office, photo):
    """A draft about the inspection of the photograph, which is done now."""
    done = {"status": "done", "completed_at": MOMENT, "completed_by": office.drafter}
    Inspection.objects.filter(pk=photo.inspection_id).update(**done)
    document = draft(office, inspection=photo.inspection)
    AttachmentFactory(document=document)
    AttachmentFactory(document=document, order=2, kind="apart", inspection=None, title="명단", clauses=["6"])
    return document


def store(evidence):
    path = path_of(evidence.shown)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a photograph")


# The longest beginning that fits counts.
VALUES = {
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "abc-def"},
    "end_session": lambda world: {"pk": 1},
    "inspections:": lambda world: {
        "pk": world.inspection.pk,
        "indicator_pk": world.indicator.pk,
        "member_pk": world.team_member.pk,
        "visit_pk": world.visit.pk,
        "kind": world.stage.kind,
        "line_pk": world.line.pk,
        "action_pk": world.action.pk,
        "type_pk": FindingType.objects.first().pk,
    },
    "inspections:period_": lambda world: {"pk": world.inspection.part.period_id},
    "inspections:sheet": lambda world: {
        "pk": world.sheet.pk,
        "indicator_pk": world.sheet_item.indicator_id,
        "item_pk": world.sheet_item.pk,
        "row_pk": world.sheet_item.pk,
    },
    "inspections:sheet_indicator_": lambda world: {
        "pk": world.sheet.pk,
        "row_pk": world.sheet_item.indicator_id,
    },
    "inspections:sheet_move": lambda world: {"pk": world.inspection.pk},
    "inspections:targets": lambda world: {
        "pk": world.inspection.part.period_id,
        "part_pk": world.inspection.part_id,
    },
    "inspections:evidence": lambda world: {"pk": world.evidence.pk},
    "inspections:evidence_add": lambda world: {"pk": world.inspection.pk},
    "reports:": lambda world: {
        "pk": world.draft.pk,
        "line_pk": world.block.pk,
        "attachment_pk": world.attachment.pk,
        "mark_pk": world.mark.pk,
    },
    "reports:inspection_documents": lambda world: {"pk": world.inspection.pk},
    "reports:request_many": lambda world: {"pk": world.inspection.part.period_id},
    "reports:period_document": lambda world: {"pk": world.inspection.part.period_id},
    "reports:empty_sheet": lambda world: {"pk": world.inspection.pk},
    "reports:document_create": lambda world: {"pk": world.inspection.pk},
    **dict.fromkeys(
        [
            "reports:approval",
            "reports:sign",
            "reports:return",
            "reports:withdraw",
            "reports:hold",
            "reports:correct",
            "reports:signer_replace",
        ],
        lambda world: {"pk": world.paper.pk, "step_pk": world.review.pk},
    ),
    "reports:approve": lambda world: {"pk": world.paper.pk, "step_pk": world.decision.pk},
    "reports:approval_list": lambda world: {},
    "reports:hand_over": lambda world: {},
    "reports:sign_many": lambda world: {},
    "reports:notices_read": lambda world: {},
    "reports:disclosure_": lambda world: {},
    **dict.fromkeys(
        [
            "reports:publication",
            "reports:publish",
            "reports:mark_later",
            "reports:mark_review",
            "reports:mark_lift",
            "reports:mark_keep",
            "reports:document_keep",
            "reports:attachment_review",
            "reports:attachment_open",
            "reports:attachment_keep",
        ],
        lambda world: {
            "pk": world.issued.pk,
            "mark_pk": world.later.pk,
            "attachment_pk": world.issued.attachments.exclude(clauses=[]).get().pk,
        },
    ),
    "reports:absence_": lambda world: {"absence_pk": world.absence.pk},
    **dict.fromkeys(
        [
            "reports:circulation",
            "reports:supersede",
            "reports:document_html",
            "reports:document_pdf",
            "reports:document_hwpx",
            "reports:attachment_pdf",
            "reports:attachment_hwpx",
            "reports:picture",
        ],
        lambda world: {"pk": world.issued.pk, "order": 1, "sha256": world.photo.shown_sha256},
    ),
    "reports:contractor_": lambda world: {"pk": world.demand.contractor_id},
    "portal:invite": lambda world: {"pk": world.demand.contractor_id},
    "reports:approval_request": lambda world: {"pk": world.draft.pk},
    "follow_up:": lambda world: {
        "pk": world.demand.pk,
        "payment_pk": world.payment.pk,
        "file_pk": world.report_file.pk,
    },
    **dict.fromkeys(
        [
            "follow_up:disposition",
            "follow_up:opinion",
            "follow_up:notify",
            "follow_up:hearing",
            "follow_up:decide_disposition",
            "follow_up:cancel",
        ],
        lambda world: {
            "pk": world.disposition.inspection_id,
            "disposition_pk": world.disposition.pk,
            "opinion_pk": world.opinion.pk,
        },
    ),
    "follow_up:paper": lambda world: {"pk": world.inspection.pk, "item_pk": world.item.pk, "file_pk": 1},
    "follow_up:wish_answer": lambda world: {"pk": world.inspection.pk, "wish_pk": world.wish.pk},
    "portal:paper": lambda world: {"pk": world.inspection.pk, "item_pk": world.item.pk, "file_pk": 1},
    "portal:wish": lambda world: {"pk": world.inspection.pk},
    "follow_up:statement": lambda world: {"pk": world.inspection.pk, "statement_pk": world.statement.pk},
    "reports:statement_pdf": lambda world: {"pk": world.inspection.pk, "statement_pk": world.statement.pk},
    "follow_up:past_action": lambda world: {"pk": world.inspection.pk, "action_pk": world.demand.pk},
    "portal:": lambda world: {
        "pk": world.demand.pk,
        "file_pk": world.report_file.pk,
        "order": 1,
        "sha256": world.photo.shown_sha256,
    },
    "portal:letter": lambda world: {"pk": world.issued.pk, "order": 1, "sha256": world.photo.shown_sha256},
    "portal:opinion": lambda world: {"pk": world.disposition.pk},
    "portal:self_check": lambda world: {"pk": world.inspection.pk},
    "admin:": lambda world: {"app_label": "accounts", "content_type_id": 1, "pk": 1},
    "admin:inspections_checklist_": lambda world: {"pk": world.inspection.checklist_id},
}


def values_for(url, world):
    prefix = max((prefix for prefix in VALUES if url.name.startswith(prefix)), key=len, default=None)
    values = VALUES[prefix](world) if prefix else {}
    return values | {"object_id": _any_of_model(url.name)} if "object_id" in url.kwargs else values


def _any_of_model(name):
    """The primary key of some row of the model an admin URL is about."""
    for model in apps.get_models():
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            first = model._default_manager.order_by("pk").first()
            return first.pk if first else 1
    return 1
