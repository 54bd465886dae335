"""결재선 and what is said at a step."""

from django import forms

from reports import approval_line
from reports.forms.people import PersonField
from reports.models import ApprovalStep

Act = ApprovalStep.Act
ROWS = 12  # four who review and eight who concur, in any order


class LineForm(forms.Form):
    """검토 and 협조 in their order, then who decides; marks; a name to keep the line under."""

    together = forms.BooleanField(
        label="협조는 한꺼번에 받기", required=False, help_text="이어진 협조를 차례 없이 함께 받습니다."
    )
    keep_as = forms.CharField(
        label="이 결재선을 저장할 이름", max_length=40, required=False, help_text="비우면 저장하지 않습니다."
    )

    def __init__(self, *args, document, **kwargs):
        self.document = document
        people = approval_line.candidates(document)
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            acts = [("", "없음"), (Act.REVIEW, "검토"), (Act.CONCUR, "협조")]
            self.fields[f"act_{number}"] = forms.ChoiceField(
                label=f"{number}번 구분", choices=acts, required=False
            )
            self.fields[f"person_{number}"] = PersonField(people, label=f"{number}번 사람", required=False)
        with_drafter = [document.drafter, *people]
        self.fields["initiator"] = PersonField(with_drafter, label="★ 발의자", required=False)
        self.fields["reporter"] = PersonField(with_drafter, label="◉ 보고자", required=False)
        heads = [person for person in people if person.is_approver]
        self.fields["approver"] = PersonField(heads, label="결재", required=True)

    @staticmethod
    def initial_of(line):
        initial = {"approver": next((user.pk for act, user in line if act == Act.APPROVE), None)}
        for number, (act, user) in enumerate([pair for pair in line if pair[0] != Act.APPROVE], 1):
            initial |= {f"act_{number}": act, f"person_{number}": user.pk}
        return initial

    @property
    def rows(self):
        return [(number, self[f"act_{number}"], self[f"person_{number}"]) for number in range(1, ROWS + 1)]

    def clean(self):
        for number in range(1, ROWS + 1):
            act, person = self.cleaned_data.get(f"act_{number}"), self.cleaned_data.get(f"person_{number}")
            if person and not act:
                self.add_error(f"act_{number}", "검토인지 협조인지 고르세요.")
            if act and not person and f"person_{number}" not in self.errors:
                self.add_error(f"person_{number}", "사람을 고르거나 '없음'으로 두세요.")
        return self.cleaned_data

    @property
    def line(self):
        data = self.cleaned_data
        pairs = [(data[f"act_{number}"], data[f"person_{number}"]) for number in range(1, ROWS + 1)]
        return [(act, person) for act, person in pairs if act] + [(Act.APPROVE, data["approver"])]

    @property
    def marks(self):
        """{user id: the mark before his post}"""
        found = {}
        for mark, name in (("★", "initiator"), ("◉", "reporter")):
            if user := self.cleaned_data[name]:
                found[user.pk] = found.get(user.pk, "") + mark
        return found


class SignForm(forms.Form):
    opinion = forms.CharField(
        label="의견", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    exception_reason = forms.CharField(label="점검 참여자의 결재 사유", max_length=300, required=False)


class HoldForm(forms.Form):
    reason = forms.CharField(label="보류 사유", max_length=300)


class ReturnForm(forms.Form):
    to = forms.ModelChoiceField(
        label="돌려보낼 곳", queryset=ApprovalStep.objects.none(), required=False, empty_label="기안자(반려)"
    )
    reason = forms.CharField(
        label="반려 사유", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "반려할 때는 사유를 적어 주세요."},
    )  # fmt: skip

    def __init__(self, *args, earlier=None, **kwargs):
        super().__init__(*args, **kwargs)
        if earlier is not None:
            self.fields["to"].queryset = earlier
