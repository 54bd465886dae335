"""What is kept of an uploaded file; its bytes lie where those of the evidence lie."""

from django.db import models


class KeptFile(models.Model):
    kind = models.CharField("종류", max_length=10)
    name = models.CharField("파일 이름", max_length=200)
    size = models.PositiveIntegerField("크기")
    original = models.CharField(max_length=120)
    shown = models.CharField(max_length=120)
    thumbnail = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField("해시", max_length=64)
    shown_sha256 = models.CharField("보이는 것의 해시", max_length=64)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return self.name
