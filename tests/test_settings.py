"""The settings as another process meets them: with nothing set, and as in production."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "READ_DOTENV": "False",
    "SECRET_KEY": "Zk3vT8qLw2nRx7bYc5hJd9mPf4sGa6tUe1iOo0pQlKjHgFdSaZxCvBnM",
    "ALLOWED_HOSTS": "salpim.example",
    "DATABASE_URL": "sqlite://:memory:",
}
ASK_FOR_A_PAGE = """
import json, django
django.setup()
from django.test import Client
client = Client(headers={"host": "salpim.example"})
secure = client.get("/healthz", secure=True)
plain = client.get("/")
answer = {"status": plain.status_code, "location": plain["Location"], "headers": dict(secure.headers)}
print(json.dumps(answer))
"""


def run(*arguments, **environment):
    """Run Python with nothing of the surrounding settings but what is given."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_it_does_not_start_without(name, value):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    if value is not None:
        environment[name] = value

    result = run("manage.py", "check", **environment)

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert name in result.stderr


@pytest.mark.parametrize("switch", [{"HTTPS": "False"}, {"DEBUG": "True"}, {"DEMO": "True"}])
def test_weaker_settings_are_for_loopback_hosts_only(switch):
    public = run("manage.py", "check", **PRODUCTION | switch)
    loopback = run("manage.py", "check", **PRODUCTION | switch | {"ALLOWED_HOSTS": "127.0.0.1,localhost"})

    assert "loopback" in public.stderr
    assert loopback.returncode == 0, loopback.stderr


def test_the_deployment_check_is_content():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr


def test_a_production_page_comes_with_every_protection():
    answer = json.loads(run("-c", ASK_FOR_A_PAGE, **PRODUCTION).stdout)

    assert (answer["status"], answer["location"]) == (301, "https://salpim.example/")
    headers = answer["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(
        policy
    )
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_the_demo_settings_are_written_once_and_for_the_owner_only(tmp_path):
    script = tmp_path / "scripts" / "write_demo_env.py"
    script.parent.mkdir()
    script.write_text((ROOT / "scripts/write_demo_env.py").read_text())

    run(str(script))
    first = (tmp_path / ".env").read_text()
    run(str(script))

    assert (tmp_path / ".env").read_text() == first
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_the_demo_leaves_the_settings_of_a_real_site_alone(tmp_path):
    script = tmp_path / "scripts" / "write_demo_env.py"
    script.parent.mkdir()
    script.write_text((ROOT / "scripts/write_demo_env.py").read_text())
    (tmp_path / ".env").write_text("SECRET_KEY=of-the-city\n")

    assert run(str(script)).returncode != 0
    assert (tmp_path / ".env").read_text() == "SECRET_KEY=of-the-city\n"
