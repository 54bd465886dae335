"""What the whole repository keeps to."""

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 400 * 1024
# Written in pieces, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w.])/wo" r"rk/",
            r"\.\./sha" r"red",
            r"registry\.npm" r"js",
            r"files\.python" r"hosted",
            r"(?<!//)pypi\.o" r"rg",
            r"deb\.deb" r"ian\.org",
            r"(?<![\w.])/t" r"mp/[a-z]",
        ]
    )
)
UNFINISHED = re.compile(r"\bTO" r"DO\b|FIX" r"ME|\bX" r"XX\b|noqa: C9" r"01")


def committed():
    listing = subprocess.run(
        ["/usr/bin/git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern, suffixes=None):
    for path in committed():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"


def test_no_file_names_a_machine_or_a_registry():
    assert list(lines_with(FOREIGN)) == []


def test_nothing_is_left_unfinished():
    assert list(lines_with(UNFINISHED, {".py", ".html", ".js", ".css", ".sh"})) == []


def test_no_file_is_large():
    """Fonts, pictures and the code of others are installed, not committed."""
    assert [str(path) for path in committed() if path.stat().st_size > LARGEST] == []


def test_every_requirement_is_pinned_with_its_hashes():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        text = (ROOT / name).read_text()
        wanted = re.findall(r"^[a-z0-9][^\n]*", text, re.M)
        assert wanted
        assert all("==" in line for line in wanted), name
        assert len(
            re.findall(r"^[a-z0-9][^\n]*(?:\\\n\s+--hash=sha256:[0-9a-f]{64}\s*)+", text, re.M)
        ) == len(wanted)
        assert "://" not in text


def test_the_npm_lock_holds_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]

    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def test_no_module_function_or_template_grows_out_of_sight():
    longest = {".py": 500, ".html": 250}
    long = [
        f"{path.relative_to(ROOT)}: {len(path.read_text().splitlines())}"
        for path in committed()
        if path.suffix in longest
        and "migrations" not in path.parts
        and len(path.read_text().splitlines()) > longest[path.suffix]
    ]

    assert long == []
