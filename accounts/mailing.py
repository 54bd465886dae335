"""Mail about accounts, sent after the answer has gone out."""

import contextvars
import logging
from threading import Thread

from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)


def send_soon(send, *arguments):
    """Call `send` once the transaction has ended, in a thread of its own unless MAIL_IN_BACKGROUND is off."""
    context = contextvars.copy_context()
    transaction.on_commit(lambda: _start(context, send, arguments))


def _start(context, send, arguments):
    if settings.MAIL_IN_BACKGROUND:
        Thread(target=context.run, args=(_send, send, arguments)).start()
    else:
        context.run(_send, send, arguments)


def _send(send, arguments):
    try:
        send(*arguments)
    except OSError:
        # The user can ask again; nobody can do anything about it in his request.
        logger.exception("A mail about an account could not be sent.")
