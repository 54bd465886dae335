"""What the documents promise is there: variables, names, targets, pictures and the pages they link to."""

import re
from pathlib import Path

import pytest

from demo.city import PEOPLE

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MOST_BYTES_OF_A_PICTURE = 120_000


def section(heading):
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_cells(text):
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def test_the_table_names_every_variable_that_the_settings_read():
    settings = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "public_settings.py"))
    read = re.findall(r'\benv\.\w+\(\s*"(\w+)"', settings)

    assert sorted(first_cells(section("Configuration"))) == sorted(set(read))


def test_the_readme_names_everybody_of_the_demo_city():
    told = README.partition("### Who signs in")[2].partition("\n## ")[0]

    assert set(re.findall(r"`(\w+)`", told)) == set(PEOPLE)


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_page_links_to_is_there(document):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text())
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]

    assert missing == []


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_names_only_targets_that_make_has(document):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", document.read_text(), re.MULTILINE))

    assert named <= targets


def test_pictures_are_small():
    pictures = sorted((ROOT / "docs" / "screenshots").iterdir())

    assert [picture.name for picture in pictures if picture.stat().st_size > MOST_BYTES_OF_A_PICTURE] == []


def test_files_named_in_the_readme_are_there():
    layout = section("How the code is laid out")
    paths = [path for path in re.findall(r"`([\w./]+)`", layout) if "/" in path]

    assert [path for path in paths if not (ROOT / path).exists()] == []
