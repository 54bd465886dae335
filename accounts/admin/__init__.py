from accounts.admin.department import DepartmentAdmin
from accounts.admin.user import UserAdmin

__all__ = ["DepartmentAdmin", "UserAdmin"]
