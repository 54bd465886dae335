import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

current_request_id = ContextVar("current_request_id", default="")


class JsonFormatter(logging.Formatter):
    """One JSON object a line. JSON encodes line breaks, so nobody can forge a line of the log."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request_id.get():
            line["request"] = request_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
