"""The forms of allauth with our labels. The template owns <form>, the CSRF token and the buttons."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from crispy_forms.helper import FormHelper
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.html import format_html_join

REQUIRED = {"required": "적어 주세요."}


class KoreanForm:
    """Labels and helps of `LABELS` and `HELPS`; no placeholders, since a label must not vanish on typing."""

    LABELS = {}
    HELPS = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for name, field in self.fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HELPS.get(name, "")
            field.error_messages |= REQUIRED
            field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(KoreanForm):
    """Twice the same new password, with the rules in force beside it."""

    LABELS = {
        "oldpassword": "지금 비밀번호",
        "password1": "새 비밀번호",
        "password2": "새 비밀번호 다시 한 번",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = format_html_join(
            " ", "{}", ((text,) for text in password_validators_help_texts())
        )

    def clean(self):
        super(account.PasswordVerificationMixin, self).clean()
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", "두 비밀번호가 서로 다릅니다. 같은 비밀번호를 두 번 적어 주세요.")
        return self.cleaned_data


class LoginForm(KoreanForm, account.LoginForm):
    LABELS = {"login": "아이디", "password": "비밀번호"}


class ChangePasswordForm(NewPasswordForm, account.ChangePasswordForm):
    def clean(self):
        data = super().clean()
        if data.get("password1") and data.get("password1") == data.get("oldpassword"):
            self.add_error("password1", "지금 비밀번호와 다른 비밀번호를 정해 주세요.")
        return data


class ResetPasswordForm(KoreanForm, account.ResetPasswordForm):
    LABELS = {"email": "전자우편"}
    HELPS = {"email": "계정에 적힌 업무용 전자우편으로 비밀번호를 다시 정하는 주소를 보냅니다."}


class ResetPasswordKeyForm(NewPasswordForm, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(KoreanForm, account.ReauthenticateForm):
    LABELS = {"password": "비밀번호"}


class CodeForm(KoreanForm):
    LABELS = {"code": "인증번호"}
    HELPS = {"code": "인증 앱에 보이는 6자리 번호를 적어 주세요. 휴대전화가 없으면 복구 코드를 적습니다."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class AuthenticateForm(CodeForm, mfa.AuthenticateForm):
    pass


class SecondFactorForm(CodeForm, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(CodeForm, totp.ActivateTOTPForm):
    HELPS = {"code": "QR 코드를 찍은 뒤 인증 앱에 보이는 6자리 번호를 적어 주세요."}
