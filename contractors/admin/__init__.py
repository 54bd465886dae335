from contractors.admin.agreement import AgreementAdmin
from contractors.admin.contractor import ContractorAdmin, ContractorUserAdmin
from contractors.admin.subject import SubjectAdmin, SubjectKindAdmin

__all__ = ["AgreementAdmin", "ContractorAdmin", "ContractorUserAdmin", "SubjectAdmin", "SubjectKindAdmin"]
