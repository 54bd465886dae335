from django.conf import settings

from public import licence


def site(request):
    return {"organisation": settings.ORGANISATION_NAME, "licence": licence}
