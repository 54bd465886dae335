from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import enrolling
from accounts.models import Role, User

QUESTIONS = [("username", "아이디"), ("name", "이름"), ("email", "전자우편")]


class Command(BaseCommand):
    help = "첫 총괄 관리자를 만들고 한 번 쓸 비밀번호를 보여 줍니다. 적지 않은 것은 물어봅니다."

    def add_arguments(self, parser):
        for name, label in QUESTIONS:
            parser.add_argument(f"--{name}", help=label)
        parser.add_argument(
            "--again", action="store_true", help="총괄 관리자가 이미 있어도 한 사람을 더 만듭니다."
        )

    def handle(self, *args, again, **options):
        if User.objects.filter(role=Role.SUPERINTENDENT).exists() and not again:
            raise CommandError("총괄 관리자가 이미 있습니다. 한 사람 더 만들려면 --again 을 붙이세요.")
        answers = {name: options[name] or self._ask(label) for name, label in QUESTIONS}
        user, password = self._create(User(role=Role.SUPERINTENDENT, position="총괄 관리자", **answers))
        self.stdout.write(f"총괄 관리자를 만들었습니다: {user.username}")
        self.stdout.write(f"한 번 쓸 비밀번호: {password}")
        self.stdout.write("로그인하면 새 비밀번호를 정하게 됩니다. 이 비밀번호는 다시 볼 수 없습니다.")

    @transaction.atomic
    def _create(self, user):
        try:
            enrolling.add_user(user, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return user, enrolling.issue_password(user, by=None)

    def _ask(self, label):
        try:
            return input(f"{label}: ").strip()
        except EOFError as error:
            raise CommandError(f"{label}을(를) 적어 주세요.") from error
