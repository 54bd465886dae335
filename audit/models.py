"""The append-only history: every change, view and download of what is official."""

from django.conf import settings
from django.db import models


class ChainHead(models.Model):
    """The last link of one chain. Locked while a link is added; its loss of step shows a cut tail."""

    chain = models.CharField("사슬", max_length=80, unique=True)
    last_seq = models.PositiveIntegerField("마지막 순번", default=0)
    last_hash = models.CharField("마지막 해시", max_length=64, blank=True)

    class Meta:
        verbose_name = "이력 사슬"
        verbose_name_plural = "이력 사슬"

    def __str__(self):
        return self.chain


class Event(models.Model):
    """One thing that was done. Written by audit.recording only; the database refuses UPDATE and DELETE."""

    chain = models.CharField("사슬", max_length=80)
    seq = models.PositiveIntegerField("순번")
    at = models.DateTimeField("일시", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="한 사람",
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
    )
    actor_name = models.CharField("이름(당시)", max_length=100, blank=True)
    ip = models.GenericIPAddressField("접속지", null=True)
    action = models.CharField("행위", max_length=60, db_index=True)
    object_type = models.CharField("대상 종류", max_length=60)
    object_id = models.CharField("대상 번호", max_length=40)
    label = models.CharField("대상", max_length=300)
    detail = models.JSONField("내용", default=dict)
    key = models.UUIDField(
        "요청 번호", null=True, unique=True, help_text="같은 일을 두 번 하지 않도록 기기에서 만든 번호."
    )
    prev_hash = models.CharField("앞 해시", max_length=64, blank=True)
    hash = models.CharField("해시", max_length=64)

    class Meta:
        verbose_name = "이력"
        verbose_name_plural = "이력"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_event_at_a_place_of_the_chain"),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"], name="event_by_object")]

    def __str__(self):
        return f"{self.label} {self.action}"
