from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from accounts.models import Role, User
from inspections.forms.fields import layout
from inspections.models import TeamMember


class PersonChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.department or ''} {user}".strip()


class MemberForm(forms.Form):
    """An official, somebody from outside, or so many people of an organisation."""

    user = PersonChoiceField(
        label="직원", queryset=User.objects.none(), required=False, empty_label="직원이 아님(아래에 적음)"
    )
    name = forms.CharField(
        label="이름", max_length=40, required=False, help_text="인원만 적을 때는 비웁니다."
    )
    position = forms.CharField(label="직위·직급", max_length=60, required=False)
    organisation = forms.CharField(label="소속", max_length=80, required=False)
    headcount = forms.IntegerField(
        label="인원", min_value=1, max_value=999, initial=1, help_text="예: 소비자보호팀 2인"
    )
    role = forms.ChoiceField(label="역할", choices=TeamMember.Role, initial=TeamMember.Role.MEMBER)
    squad = forms.CharField(label="반", max_length=20, required=False, help_text="예: 1반")
    helper = layout(
        "user",
        Fieldset(
            "직원이 아닐 때",
            Row(Column("name", css_class="col-6"), Column("position", css_class="col-6")),
            Row(Column("organisation", css_class="col-6"), Column("headcount", css_class="col-6")),
        ),
        Row(Column("role", css_class="col-6"), Column("squad", css_class="col-6")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        officials = User.objects.filter(is_active=True, role__in=[Role.INSPECTOR, Role.APPROVER])
        ordered = officials.select_related("department").order_by(
            "department__order", "department__name", "name"
        )
        self.fields["user"].queryset = ordered

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ["user", "name", "organisation"]):
            self.add_error("user", "직원을 고르거나, 아래에 이름 또는 소속을 적어 주세요.")
        if (cleaned.get("headcount") or 1) > 1 and (cleaned.get("user") or cleaned.get("name")):
            self.add_error(
                "headcount", "이름이 있는 점검자는 한 사람입니다. 인원만 적을 때는 이름을 비웁니다."
            )
        return cleaned
