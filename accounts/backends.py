from allauth.account.auth_backends import AuthenticationBackend

from accounts import permissions
from accounts.models import User
from prepared.queries import PreparedQuery


@PreparedQuery
def with_offices(*, pk):
    return User.objects.select_related("department__parent").filter(pk=pk)


class RoleBackend(AuthenticationBackend):
    """Signs in as allauth does; what a user may do comes from his role, never from groups."""

    def get_user(self, user_id):
        """With the offices above, which each page names and most rules ask for, in one query."""
        user = with_offices.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj, perm, obj=None):
        app, _, codename = perm.partition(".")
        action, _, model = codename.partition("_")
        return user_obj.is_active and permissions.may_administer(user_obj, app, action, model)

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and permissions.may_enter_app(user_obj, app_label)

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        return set()

    def get_all_permissions(self, user_obj, obj=None):
        return set()

    def with_perm(self, perm, is_active=True, include_superusers=True, obj=None):
        raise NotImplementedError("Roles are asked about one user at a time.")
