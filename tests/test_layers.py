"""Who may import whom: the table of gipcore/README.md, held against the imports themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "words": set(),
    "registry": set(),
    "errors": set(),
    "labels": set(),
    "form": {"words"},
    "documents": {"words", "registry"},
    "parsing": {"documents", "form"},
    "checks": {"form", "registry", "words"},
    "register": {"words"},
    "store": {"checks", "form", "register"},
    "metrics": {"store", "form", "registry", "words"},
    "ingest": {"store", "checks", "parsing", "documents", "form", "register"},
    "demo": {"register", "store", "form", "errors"},
    "export": {"store", "metrics", "checks", "form", "register", "words"},
    "web": {"export", "metrics", "store", "words", "checks", "form"},
    "ui": {"export", "metrics", "store", "ingest", "checks", "form", "register", "labels", "words"},
    "__main__": {"ingest", "demo", "export", "metrics", "checks", "form", "store", "web", "words"},
    "pages": {"ui", "words"},
    "app": {"ui", "web"},
}
STREAMLIT_ALLOWED = {"ui", "pages", "app"}


def part_of(file: Path) -> str:
    inside = file.relative_to(ROOT)
    if inside.parts[0] == "gipcore":
        return inside.parts[1].removesuffix(".py")
    return inside.parts[0].removesuffix(".py")


def source_files() -> list[Path]:
    files = [*ROOT.glob("gipcore/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")]
    return sorted(file for file in files if file != ROOT / "gipcore" / "__init__.py")


def imports(file: Path) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import"
            module = node.module or ""
            if module == "gipcore":
                found += [(f"gipcore.{alias.name}", node.lineno) for alias in node.names]
            else:
                found.append((module, node.lineno))
        elif isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("file", source_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_stay_within_the_layers(file: Path) -> None:
    part = part_of(file)
    assert part in ALLOWED, f"{part} has no line in the import table"
    for module, line in imports(file):
        if module.split(".")[0] == "streamlit":
            assert part in STREAMLIT_ALLOWED, f"{file}:{line}: streamlit in {part}"
        if not module.startswith("gipcore."):
            continue
        other = module.split(".")[1]
        is_fine = other in {part, "errors"} or other in ALLOWED[part]
        assert is_fine, f"{file}:{line}: {part} may not import {other}"
