"""Who writes in a draft beside its drafter."""

from django import forms

from accounts.models import Role
from inspections.forms.fields import layout
from reports import co_writing
from reports.forms.people import PeopleField, people_of

HELP = "Ctrl이나 Shift를 누르고 여럿을 고릅니다. 함께 쓴 사람은 결재선에 서지 않습니다."
NOBODY = (
    "처리과에 다른 점검자가 없고, 이 점검에 참여한 점검자도 없습니다. 점검자를 점검반에 넣으면 나타납니다."
)


class WritersForm(forms.Form):
    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        people = co_writing.candidates(document, people_of({Role.INSPECTOR}))
        self.fields["users"] = PeopleField(
            people, label="함께 쓸 사람", required=False,
            initial=[str(user.pk) for user in document.writers.all()],
            help_text=HELP if people else NOBODY,
        )  # fmt: skip
        self.helper = layout()
