"""Asking the site as each role; what is written while asking is taken back."""

from django.db import transaction
from django.test import Client


def signed_in(user):
    client = Client()
    if user:
        client.force_login(user)
    return client.cookies


def asker(world, role, **kwargs):
    """A browser of this role. All share one chain of middleware, which is dear to build."""
    client = Client(raise_request_exception=False, **kwargs)
    if not kwargs:
        client.handler = world.handler
    client.cookies.update(world.cookies[role])
    return client


class undone:
    """Take back all that is written inside, sessions included."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic._from_testcase = True  # as the transaction of a TestCase: a durable one may begin inside
        self.atomic.__enter__()

    def __exit__(self, *error):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
