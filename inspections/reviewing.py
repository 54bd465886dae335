"""완료 전 확인: what is missing from an inspection (blocks) and what is odd about it (warns)."""


def missing(inspection):
    """The gaps that keep an inspection from being completed."""
    return []
