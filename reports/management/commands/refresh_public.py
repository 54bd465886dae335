"""Tell the public site what has become of the demands that published papers name. Run it once a day."""

from django.core.management.base import BaseCommand

from audit import clock
from reports import publishing


class Command(BaseCommand):
    help = "공개한 문서에 실린 조치의 상태를 오늘 것으로 바꿉니다. 하루에 한 번 돌립니다."

    def handle(self, **options):
        changed = publishing.refresh(day=clock.today())
        self.stdout.write(f"조치 상태가 바뀐 공개 문서: {changed}건")
