"""The lines that a paper is made of."""

import uuid

from django.db import models
from django.db.models import Q

from reports.models.document import Document


class Block(models.Model):
    """One line of the tree. Lines stand in a flat list; `depth` nests them, `level` picks the mark.

    `runs` is [[text, clause], …]. `composed` keeps what composing wrote under `source_key`, so that
    composing again knows which lines a person has edited (runs or payload differ from composed).
    A chart's payload names the table it draws, {"of": id, "columns": […], "caption"}: it holds no figures.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", "제목"
        LINE = "line", "줄"
        NOTE = "note", "주석(※)"
        BOX = "box", "〈소제목〉"
        TEXT = "text", "본문"
        TABLE = "table", "표"
        PHOTO = "photo", "사진"
        CHART = "chart", "도표"

    WITHOUT_TEXT = {Kind.TABLE, Kind.PHOTO, Kind.CHART}

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="blocks"
    )
    position = models.BigIntegerField("순서")
    depth = models.PositiveSmallIntegerField("들여쓰기", default=0)
    kind = models.CharField("종류", max_length=8, choices=Kind, default=Kind.LINE)
    level = models.PositiveSmallIntegerField("단계", default=1)
    runs = models.JSONField("내용", default=list)
    payload = models.JSONField("표·사진", null=True, blank=True)
    source_key = models.CharField("출처", max_length=120, blank=True)
    composed = models.JSONField("처음 지은 내용", null=True, blank=True)
    is_removed = models.BooleanField("지움", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "문서 줄"
        verbose_name_plural = "문서 줄"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["document", "position"], name="block_outline")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "source_key"],
                condition=~Q(source_key=""),
                name="one_line_of_a_source",
                violation_error_message="같은 출처의 줄이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="a_line_hangs_within_the_tree",
                condition=Q(depth__lte=7, level__gte=1, level__lte=5),
                violation_error_message="들여쓰기가 너무 깊습니다.",
            ),
        ]

    def __str__(self):
        return self.told[:80]

    @property
    def told(self):
        """What it is known by: its words, or those of its table or picture."""
        payload = self.payload or {}
        return self.text or payload.get("caption") or payload.get("alt", "")

    @property
    def text(self):
        return "".join(run[0] for run in self.runs)

    @property
    def content(self):
        """What composing writes and a person edits, in the shape of `composed`."""
        return {
            "kind": self.kind,
            "level": self.level,
            "depth": self.depth,
            "runs": self.runs,
            "payload": self.payload,
        }

    @property
    def is_edited(self):
        """A person wrote this line or changed what composing wrote."""
        return self.composed is None or self.content != self.composed
