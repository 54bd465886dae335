from reports.models.approval import ApprovalRound, ApprovalStep
from reports.models.attachment import Attachment, AttachmentFile
from reports.models.block import Block
from reports.models.document import Document
from reports.models.edition import Edition, EditionFile, NumberCounter
from reports.models.letter import Letter, Reference
from reports.models.line import Absence, DecisionRule, LineTemplate, LineTemplateStep
from reports.models.mark import DisclosureMark
from reports.models.notice import Circulation, Notice
from reports.models.outside import OutsideApproval
from reports.models.publication import DisclosureReview, Publication
from reports.models.receipt import Receipt
from reports.models.waiver import WaivedFault
from reports.models.writing import PaperPresence

__all__ = [
    "Absence",
    "ApprovalRound",
    "ApprovalStep",
    "Attachment",
    "AttachmentFile",
    "Block",
    "Circulation",
    "DecisionRule",
    "DisclosureMark",
    "DisclosureReview",
    "Document",
    "Edition",
    "EditionFile",
    "Letter",
    "LineTemplate",
    "LineTemplateStep",
    "Notice",
    "NumberCounter",
    "OutsideApproval",
    "PaperPresence",
    "Publication",
    "Receipt",
    "Reference",
    "WaivedFault",
]
