"""Korean notation in templates: {% load korean %} {{ day|kdate }} {{ name|josa:"은/는" }}"""

from django import template
from django.utils import timezone

from notation import dates, figures, money, particles

register = template.Library()


def _local(value):
    """A moment in local time; a date as it is."""
    return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


@register.filter
def kdate(value):
    """2021. 1. 14."""
    return dates.long_date(_local(value)) if value else ""


@register.filter
def kdate_weekday(value):
    """2021. 1. 14.(목)"""
    return dates.long_date(_local(value), with_weekday=True) if value else ""


@register.filter
def kdate_short(value):
    """’20. 12. 30.(수)"""
    return dates.short_date(_local(value)) if value else ""


@register.filter
def kmonth(value):
    """2021. 1."""
    return dates.long_month(_local(value)) if value else ""


@register.filter
def kdatetime(value):
    """2021. 1. 14. 14:03"""
    return dates.moment(_local(value)) if value else ""


@register.filter
def ktime(value):
    """14:03"""
    return dates.clock(_local(value)) if value else ""


@register.filter
def won(value, unit="원"):
    """113,560원; zero is `-`"""
    return "" if value is None else money.won(int(value), unit)


@register.filter
def figure(value):
    """86.01, 1,200: a decimal without idle zeros"""
    return "" if value is None else figures.figure(value)


@register.filter
def josa(value, pair):
    """The word with its particle: {{ "한빛"|josa:"은/는" }} is 한빛은."""
    return particles.with_particle(str(value), pair)
