"""Timed work, for a timer: put-off demands come back, deadlines are reminded of, mail goes out."""

from django.core.management.base import BaseCommand, CommandError

from follow_up import due


class Command(BaseCommand):
    help = "미룬 조치를 다시 요구하고, 기한을 알리고, 메일을 보냅니다. 여러 번 돌려도 됩니다."

    def handle(self, **options):
        done = due.run()
        for name, count in done:
            self.stdout.write(f"{name}: {'실패' if count is None else f'{count}건'}")
        if any(count is None for _, count in done):
            raise CommandError("하지 못한 일이 있습니다. 로그를 확인하세요.")
