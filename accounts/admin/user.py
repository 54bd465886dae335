from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse

from accounts import chronicle, enrolling
from accounts.models import Department, User
from accounts.sheets import UserSheet
from spreadsheets.admin import SpreadsheetAdmin

OWN_ACCOUNT = "자기 계정에는 쓸 수 없습니다. 내 비밀번호는 오른쪽 위 메뉴에서 바꿉니다."


class UserForm(forms.ModelForm):
    def clean(self):
        if self.instance.pk:
            self._check_superintendents()
        return super().clean()

    def _check_superintendents(self):
        # The same rule as of enrolling.change_user, told at the field.
        wanted = User(
            pk=self.instance.pk, **{name: self.cleaned_data.get(name) for name in ("role", "is_active")}
        )
        if enrolling.would_leave_no_superintendent(User.objects.get(pk=self.instance.pk), wanted):
            self.add_error("role", enrolling.LAST_ONE)


@admin.register(User)
class UserAdmin(SpreadsheetAdmin, admin.ModelAdmin):
    form = UserForm
    sheet_class = UserSheet
    list_display = ["name", "username", "role", "department", "position", "rank", "is_active", "last_login"]
    list_filter = ["role", "is_active", ("department", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["department"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["name", "username", "position", "department__name"]
    search_help_text = "이름, 아이디, 직위, 부서로 찾습니다."
    fields = [
        "username", "name", "role", "department", "position", "rank", "email", "is_active", "last_login",
        "must_change_password",
    ]  # fmt: skip
    readonly_fields = ["last_login", "must_change_password"]
    actions = ["issue_passwords", "end_sessions", "drop_second_factors"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "department":
            field.queryset = Department.objects.select_related("parent__parent").in_tree_order()
            field.label_from_instance = lambda department: department.path
        return field

    def get_fields(self, request, obj=None):
        return self.fields if obj else [name for name in self.fields if name not in self.readonly_fields]

    def has_delete_permission(self, request, obj=None):
        """Nobody, not even a superuser, whom no table of roles holds: who left is switched off."""
        return False

    def save_model(self, request, obj, form, change):
        store = enrolling.change_user if change else enrolling.add_user
        store(obj, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        """A new user gets a first password at once; it is shown on this answer and nowhere else."""
        return self._show_passwords(request, [obj])

    def imported(self, request, plan):
        chronicle.tell("import", request.user, by=request.user, sheet="사용자", rows=dict(plan.counts))
        if any(name == "추가" for name, _count in plan.counts):
            messages.info(
                request, "새 사용자는 아직 비밀번호가 없습니다. 골라서 ‘임시 비밀번호 발급’을 해 주세요."
            )

    def exported(self, request, count):
        chronicle.tell("export", request.user, by=request.user, sheet="사용자", rows=count)

    @admin.action(description="임시 비밀번호 발급", permissions=["change"])
    def issue_passwords(self, request, queryset):
        users = list(queryset.filter(is_active=True).exclude(pk=request.user.pk).select_related("department"))
        if not users:
            messages.error(request, f"사용 중인 다른 사용자를 골라 주세요. {OWN_ACCOUNT}")
            return None
        if "confirmed" in request.POST:
            return self._show_passwords(request, users)
        return self._list_page(request, "confirm_passwords.html", "임시 비밀번호 발급", users=users)

    @admin.action(description="모든 접속 끝내기", permissions=["change"])
    def end_sessions(self, request, queryset):
        others = queryset.exclude(pk=request.user.pk)
        ended = sum(enrolling.sign_out_everywhere(user, by=request.user) for user in others)
        messages.success(request, f"접속 {ended}개를 끝냈습니다.")

    @admin.action(description="2단계 인증 해제(휴대전화를 잃었을 때)", permissions=["change"])
    def drop_second_factors(self, request, queryset):
        others = list(queryset.exclude(pk=request.user.pk))
        for user in others:
            enrolling.drop_second_factor(user, by=request.user)
        messages.success(request, f"{len(others)}명의 2단계 인증을 해제하고 접속을 끝냈습니다.")

    def _show_passwords(self, request, users):
        issued = [(user, enrolling.issue_password(user, by=request.user)) for user in users]
        return self._list_page(request, "one_time_passwords.html", "임시 비밀번호", issued=issued)

    def _list_page(self, request, template, title, **context):
        context |= {"title": title, "opts": self.opts, **self.admin_site.each_context(request)}
        return TemplateResponse(request, f"admin/accounts/user/{template}", context)
