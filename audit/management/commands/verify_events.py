from django.core.management.base import BaseCommand, CommandError

from audit.models import Event
from audit.recording import broken_links


class Command(BaseCommand):
    help = "이력 사슬을 처음부터 읽어, 고치거나 지우거나 순서를 바꾼 것이 있는지 확인합니다."

    def handle(self, *args, **options):
        problems = broken_links()
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"이력이 처음 적힌 그대로가 아닙니다: {len(problems)}곳", returncode=1)
        self.stdout.write(f"이력 {Event.objects.count()}건을 확인했습니다. 바뀐 것이 없습니다.")
