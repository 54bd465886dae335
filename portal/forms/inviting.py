from django import forms

from inspections.forms.fields import layout


class InviteForm(forms.Form):
    name = forms.CharField(label="이름", max_length=40)
    email = forms.EmailField(
        label="전자우편", max_length=150, help_text="이 주소가 아이디가 되고, 초대장이 이리로 갑니다."
    )
    helper = layout("name", "email")
