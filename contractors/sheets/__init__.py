"""The register as Excel sheets: columns, and how a row finds what is already registered."""

from contractors.sheets.agreement import AgreementSheet
from contractors.sheets.contractor import ContractorSheet, contractor_oddities
from contractors.sheets.subject import SubjectSheet

__all__ = ["AgreementSheet", "ContractorSheet", "SubjectSheet", "contractor_oddities"]
