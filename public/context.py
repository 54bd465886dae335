from django.conf import settings

from public import licence


def site(request=None):
    return {"organisation": settings.ORGANISATION_NAME, "licence": licence}
