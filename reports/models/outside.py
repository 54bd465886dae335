"""밖에서 결재한 문서: what is known of an approval that another system or a paper file holds."""

from django.conf import settings
from django.db import models

from reports.models.document import Document


class OutsideApproval(models.Model):
    """The line as it stands on the signed file, and the file itself. Never changed afterwards."""

    document = models.OneToOneField(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="outside"
    )
    signers = models.JSONField("결재선", help_text="[[행위, 직위, 이름, 표시], …]")
    file = models.BinaryField("서명된 파일")
    file_sha256 = models.CharField("파일 해시", max_length=64)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="기록한 사람", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("기록 일시")

    class Meta:
        verbose_name = "밖에서 한 결재"
        verbose_name_plural = "밖에서 한 결재"

    def __str__(self):
        return f"{self.document} – 밖에서 결재"

    @property
    def decider(self):
        """The name of the last signer who did not merely concur."""
        return next((name for act, _, name, _ in reversed(self.signers) if act != "concur"), "")
