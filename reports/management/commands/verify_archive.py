from django.core.management.base import BaseCommand, CommandError

from reports import archive
from reports.models import Edition


class Command(BaseCommand):
    help = "확정본과 붙임의 해시, 문서번호, 이력 사슬을 모두 다시 셈해, 바뀐 것이 있으면 어디인지 알립니다."

    def handle(self, *args, **options):
        found = 0
        for problem in archive.problems():
            found += 1
            self.stdout.write(problem)
        if found:
            raise CommandError(f"확정한 그대로가 아닙니다: {found}곳", returncode=1)
        self.stdout.write(f"확정본 {Edition.objects.count()}건과 이력을 확인했습니다. 바뀐 것이 없습니다.")
