"""What a paper has beside its lines: the head and foot of a letter, and the papers it follows."""

from django.db import models

from reports.models.document import Document


class Letter(models.Model):
    """별지 제1호서식 around the body. Filled from the settings of the city and the office, then edited."""

    class Seal(models.TextChoices):
        NONE = "", "없음"
        PLACE = "place", "직인 자리"
        OMITTED = "omitted", "직인생략"

    document = models.OneToOneField(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="letter"
    )
    organisation = models.CharField("행정기관명", max_length=60, blank=True)
    receivers = models.JSONField("수신", default=list, blank=True)
    via = models.CharField("경유", max_length=120, blank=True)
    sender = models.CharField("발신명의", max_length=60, blank=True)
    seal = models.CharField("직인", max_length=8, choices=Seal, blank=True, default=Seal.OMITTED)
    address = models.CharField("우편번호·주소", max_length=200, blank=True)
    homepage = models.CharField("누리집", max_length=120, blank=True)
    phone = models.CharField("전화", max_length=40, blank=True)
    fax = models.CharField("전송(팩스)", max_length=40, blank=True)
    email = models.CharField("전자우편", max_length=120, blank=True)

    class Meta:
        verbose_name = "시행문"
        verbose_name_plural = "시행문"

    def __str__(self):
        return f"{self.document} – {', '.join(self.receivers)}"


class Reference(models.Model):
    """관련: an approved paper that this one goes on from."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="references"
    )
    follows = models.ForeignKey(
        Document, verbose_name="관련 문서", on_delete=models.PROTECT, related_name="referring"
    )

    class Meta:
        verbose_name = "관련 문서"
        verbose_name_plural = "관련 문서"
        ordering = ["follows__approved_on", "follows__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "follows"],
                name="a_paper_is_referred_to_once",
                violation_error_message="이미 관련 문서로 둔 문서입니다.",
            ),
            models.CheckConstraint(
                name="a_paper_does_not_follow_itself",
                condition=~models.Q(document=models.F("follows")),
                violation_error_message="자기 자신을 관련 문서로 둘 수 없습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.document} ← {self.follows}"
