"""부재와 대결: when one is away and who signs meanwhile; and another signer for one who cannot any more."""

from crispy_forms.layout import Column, Row
from django import forms

from inspections.forms.fields import layout
from reports import approval_line, permissions
from reports.forms.people import PersonField, people_of
from reports.models import Absence, ApprovalStep


class AbsenceForm(forms.Form):
    starts_on = forms.DateField(label="시작일", widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label="종료일", widget=forms.DateInput(attrs={"type": "date"}))
    mode = forms.ChoiceField(
        label="구분", choices=Absence.Mode,
        help_text="대결: 자리를 비운 동안 代로 서명. 직무대리: 빈 자리의 직위로 서명.",
    )  # fmt: skip
    reason = forms.CharField(label="사유", max_length=120, help_text="예: 연가, 출장, 병가")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = people_of(permissions.SIGNERS).exclude(pk=user.pk)
        self.fields["substitute"] = PersonField(people, label="대신할 사람")
        self.helper = layout(
            "substitute", Row(Column("starts_on"), Column("ends_on")), Row(Column("mode"), Column("reason"))
        )


class ReplaceForm(forms.Form):
    reason = forms.CharField(label="바꾸는 까닭", max_length=300, help_text="예: 인사이동으로 전출")

    def __init__(self, *args, step, document, **kwargs):
        super().__init__(*args, **kwargs)
        people = approval_line.candidates(document)
        if step.act == ApprovalStep.Act.APPROVE:
            people = [person for person in people if person.is_approver]
        self.fields["user"] = PersonField(people, label="새 결재자")
        self.order_fields(["user", "reason"])
        self.helper = layout()
