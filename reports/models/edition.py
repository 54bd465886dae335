"""What was issued: the frozen paper, and the counters its number came from."""

from django.db import models

from accounts.models import Department
from reports.models.attachment import Attachment
from reports.models.document import Document


class NumberCounter(models.Model):
    """The last 문서번호 of a 처리과 in a year. Settable: another system may share the series."""

    department = models.ForeignKey(Department, verbose_name="처리과", on_delete=models.PROTECT)
    year = models.PositiveIntegerField("연도")
    last = models.PositiveIntegerField("마지막 번호", default=0)

    class Meta:
        verbose_name = "문서번호 대장"
        verbose_name_plural = "문서번호 대장"
        ordering = ["-year", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "year"],
                name="one_counter_for_a_department_and_year",
                violation_error_message="이 처리과와 연도의 대장이 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.department} {self.year}년 {self.last}번까지"


class Edition(models.Model):
    """The paper as approved, frozen with its hashes. Rows are added by reports.issuing and never change."""

    document = models.OneToOneField(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="edition"
    )
    tree = models.JSONField("문서 나무")
    content_sha256 = models.CharField("내용 해시", max_length=64)
    template_version = models.CharField("서식 판", max_length=20)
    html = models.TextField("HTML")
    html_sha256 = models.CharField("HTML 해시", max_length=64)
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField("PDF 해시", max_length=64)
    hwpx = models.BinaryField("HWPX", default=b"", help_text="처음부터 있지는 않았음")
    hwpx_sha256 = models.CharField("HWPX 해시", max_length=64, blank=True)
    issued_at = models.DateTimeField("확정 일시")

    class Meta:
        verbose_name = "확정본"
        verbose_name_plural = "확정본"

    def __str__(self):
        return f"{self.document} 확정본"


class EditionFile(models.Model):
    """An attachment as issued."""

    edition = models.ForeignKey(
        Edition, verbose_name="확정본", on_delete=models.PROTECT, related_name="files"
    )
    attachment = models.ForeignKey(
        Attachment, verbose_name="붙임", on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveIntegerField("순서")
    title = models.CharField("이름", max_length=160)
    tree = models.JSONField("문서 나무", null=True)
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField("PDF 해시", max_length=64)
    hwpx = models.BinaryField("HWPX", default=b"")
    hwpx_sha256 = models.CharField("HWPX 해시", max_length=64, blank=True)

    class Meta:
        verbose_name = "확정본 붙임"
        verbose_name_plural = "확정본 붙임"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="one_file_at_a_place_of_an_edition"),
        ]

    def __str__(self):
        return self.title
