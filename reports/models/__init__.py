from reports.models.approval import ApprovalRound, ApprovalStep
from reports.models.document import Attachment, Block, Document
from reports.models.edition import Edition, EditionFile, NumberCounter
from reports.models.letter import Letter, Reference
from reports.models.waiver import WaivedFault

__all__ = [
    "ApprovalRound",
    "ApprovalStep",
    "Attachment",
    "Block",
    "Document",
    "Edition",
    "EditionFile",
    "Letter",
    "NumberCounter",
    "Reference",
    "WaivedFault",
]
