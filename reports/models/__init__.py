from reports.models.approval import ApprovalRound, ApprovalStep
from reports.models.document import Attachment, Block, Document
from reports.models.edition import Edition, EditionFile, NumberCounter

__all__ = [
    "ApprovalRound",
    "ApprovalStep",
    "Attachment",
    "Block",
    "Document",
    "Edition",
    "EditionFile",
    "NumberCounter",
]
