from django.contrib import admin
from django.db.models import Exists, OuterRef

from audit import clock
from contractors.models import Agreement


class AgreementDatesFilter(admin.SimpleListFilter):
    """Agreements by their days."""

    title = "협약 기간"
    parameter_name = "agreement"

    def lookups(self, request, model_admin):
        year = clock.today().year
        return [
            ("running", "진행 중"),
            ("ending", f"올해({year}) 끝남"),
            ("ended", "끝남"),
            ("coming", "시작 전"),
        ]

    def queryset(self, request, queryset):
        wanted = self._wanted()
        return queryset if wanted is None else queryset.filter(pk__in=wanted.values("pk"))

    def _wanted(self):
        today, agreements = clock.today(), Agreement.objects.all()
        return {
            "running": agreements.running(today),
            "ending": agreements.ending_in(today.year),
            "ended": agreements.filter(ends_on__lt=today),
            "coming": agreements.filter(starts_on__gt=today),
        }.get(self.value())


class HasAgreementFilter(AgreementDatesFilter):
    """Contractors and subjects by the days of their agreements, or by having none at all."""

    title = "협약"
    own_field = ""

    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), ("none", "없음")]

    def queryset(self, request, queryset):
        own = {self.own_field: OuterRef("pk")}
        if self.value() == "none":
            return queryset.exclude(Exists(Agreement.objects.filter(**own)))
        wanted = self._wanted()
        if wanted is None:
            return queryset
        found = queryset.filter(Exists(wanted.filter(**own)))
        if self.value() == "ended":  # those whose last agreement is over
            today = clock.today()
            found = found.exclude(Exists(Agreement.objects.filter(ends_on__gte=today, **own)))
        return found


class ContractorAgreementFilter(HasAgreementFilter):
    own_field = "contractor"


class SubjectAgreementFilter(HasAgreementFilter):
    own_field = "subject"
