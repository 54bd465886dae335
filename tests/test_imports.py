"""Imports go one way: between the apps, and inside each of them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "accounts",
    "audit",
    "publications",
    "contractors",
    "inspections",
    "follow_up",
    "reports",
    "portal",
    "public",
    "demo",
]  # lower first
FOUNDATIONS = ["deadlines", "notation", "prepared", "spreadsheets"]  # know none of the apps
LAYERS = {"models": 0, "permissions": 1, "forms": 3, "views": 4, "admin": 4, "urls": 5}
ACTIVITY = 2  # every other module of an app
# They are called by Django from outside the layers.
OUTSIDE_THE_LAYERS = {"tests", "management", "apps", "migrations", "templatetags", "middleware", "backends"}
SHEETS = [f"spreadsheets/{name}.py" for name in ("reading", "values", "writing")]
PURE_REPORTS = [
    "tree",
    "redacting",
    "hiding",
    "suggesting",
    "numbering",
    "tables",
    "charts",
    "checking",
    "strict_style",
    "typed_figures",
]
PURE = ["notation/*.py", *(f"reports/{name}.py" for name in PURE_REPORTS), *SHEETS]


def app_modules():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield path.relative_to(ROOT)


def imported_names(path):
    """All dotted names a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(dotted_name):
    return LAYERS.get(dotted_name.split(".")[1], ACTIVITY) if "." in dotted_name else ACTIVITY


def test_no_app_imports_one_that_stands_above_it():
    wrong = [
        f"{path} imports {name}"
        for path in app_modules()
        if "tests" not in path.parts  # a test may look at what its act left in another app
        for name in imported_names(path)
        if name.split(".")[0] in APPS[APPS.index(path.parts[0]) + 1 :]
    ]

    assert wrong == []


def test_no_module_imports_a_layer_above_its_own():
    wrong = []
    for path in app_modules():
        here = ".".join(path.with_suffix("").parts)
        if path.parts[1] in OUTSIDE_THE_LAYERS or path.stem in OUTSIDE_THE_LAYERS or path.stem == "__init__":
            continue
        inside = [name for name in imported_names(path) if name.startswith(f"{path.parts[0]}.")]
        wrong += [f"{path} imports {name}" for name in inside if max(layer(here), ACTIVITY) < layer(name)]
        if layer(here) < ACTIVITY:
            wrong += [f"{path} imports {name}" for name in inside if layer(here) < layer(name) != ACTIVITY]

    assert wrong == []


@pytest.mark.parametrize("pattern", PURE)
def test_pure_modules_do_without_django(pattern):
    impure = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in ROOT.glob(pattern)
        for name in imported_names(path.relative_to(ROOT))
        if name.split(".")[0] in {"django", "config", *APPS} and not _is_pure(name)
    ]

    assert impure == []


def _is_pure(name):
    app, *inside = name.split(".")
    return app == "reports" and bool(inside) and inside[0] in PURE_REPORTS


@pytest.mark.parametrize("package", FOUNDATIONS)
def test_foundations_know_none_of_the_apps(package):
    paths = [path.relative_to(ROOT) for path in (ROOT / package).rglob("*.py") if "tests" not in path.parts]

    wrong = [
        f"{path} imports {name}"
        for path in paths
        for name in imported_names(path)
        if name.split(".")[0] in APPS
    ]

    assert paths
    assert wrong == []


def test_the_test_reads_the_apps():
    assert {path.parts[0] for path in app_modules()} >= {"accounts", "audit", "contractors", "inspections"}


def test_no_module_is_a_junk_drawer():
    assert [str(path) for path in app_modules() if path.stem in {"utils", "helpers", "common", "misc"}] == []


def test_only_tests_may_listen_to_signals():
    """Our own logic is called, not signalled."""
    listening = [
        str(path)
        for path in app_modules()
        if "@receiver" in (ROOT / path).read_text() and "tests" not in path.parts
    ]

    assert listening == []
