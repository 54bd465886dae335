import json
import logging

from config.logs import JsonFormatter, current_request_id


def line_for(message, **record):
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "name": "test"} | record)
    return JsonFormatter().format(record)


def test_a_line_break_cannot_forge_a_line():
    line = line_for("이름: a\n{forged}")

    assert "\n" not in line
    assert json.loads(line)["message"] == "이름: a\n{forged}"


def test_a_line_names_its_request():
    token = current_request_id.set("abc")
    try:
        assert json.loads(line_for("x"))["request"] == "abc"
    finally:
        current_request_id.reset(token)


def test_an_exception_is_told_whole():
    try:
        raise ValueError("why")
    except ValueError as error:
        line = line_for("x", exc_info=(ValueError, error, error.__traceback__))

    assert "ValueError: why" in json.loads(line)["exception"]
