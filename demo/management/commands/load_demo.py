"""Load the demo city. Running it again adds nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import loading
from demo.city import PEOPLE


class Command(BaseCommand):
    help = "시연용 도시를 만들고 사례 1을 결재까지 마친 뒤 PDF가 있는 곳을 알립니다."

    def add_arguments(self, parser):
        parser.add_argument("--address", help="주소를 주면 로그인할 이름과 비밀번호도 알립니다.")

    def handle(self, *, address, **options):
        if not settings.DEMO:
            raise CommandError("시연 환경(DEMO=True)에서만 쓸 수 있습니다. 운영 자료를 건드리지 않습니다.")
        self.stdout.write("시연 자료를 만드는 중입니다.")
        document = loading.load()
        self.stdout.write(f"결과보고 {document.number_text}: {loading.write_pdfs(document)}")
        if address:
            names = " ".join(PEOPLE)
            self.stdout.write(f"{address} 로그인: {names} 비밀번호: {settings.DEMO_PASSWORD}")
