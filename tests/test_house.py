"""The house as docs/house.md draws it: what import-linter and ruff cannot see."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from satama.config.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "satama"
FLOORS = ["base", "web", "accounts", "databank", "threads", "office", "finder", "api", "config"]
WINDOWS = {"finder", "api"}  # on one floor: neither knows the other
SKIPPED = {".git", ".hypothesis", *re.findall(r"^(.+)/$", (ROOT / ".gitignore").read_text(), re.M)}


def ours(folder: Path = ROOT):
    """Every file that belongs to the project."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in SKIPPED and not path.name.endswith(".egg-info"):
            yield from ours(path)
        elif path.is_file():
            yield path


FILES = list(ours())
CODE = [file for file in FILES if file.suffix == ".py"]
TEMPLATES = [file for file in FILES if "templates" in file.parts and file.is_relative_to(HOUSE)]
PAGES = [file for file in TEMPLATES if file.suffix == ".html"]
STYLES = [file for file in FILES if file.suffix == ".css"]
WORDS = [file for file in FILES if file.suffix == ".po"]


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def room(file: Path) -> str:
    """The room that a file of the house belongs to."""
    return file.relative_to(HOUSE).parts[0]


def test_there_is_a_house():
    assert len(CODE) > 50
    assert len(PAGES) > 20
    assert STYLES
    assert len(WORDS) == 5


def written(file: Path) -> bool:
    return "migrations" not in file.parts


def test_files_are_short():
    long = {name(f): n for f in CODE if written(f) and (n := len(f.read_text().splitlines())) > 400}

    assert long == {}


def functions(file: Path):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_view(file: Path, node: ast.FunctionDef) -> bool:
    first = node.args.args[0].arg if node.args.args else ""
    return first == "request" and (file.stem == "views" or "views" in file.parts)


def test_functions_are_short_and_views_shorter():
    long = {
        f"{name(file)}:{node.lineno} {node.name}": length
        for file in CODE
        if written(file)
        for node in functions(file)
        if (length := (node.end_lineno or 0) - node.lineno + 1)
        > (25 if is_view(file, node) else 40)
    }

    assert long == {}


def test_templates_are_short():
    long = {name(f): n for f in PAGES if (n := len(f.read_text().splitlines())) > 120}

    assert long == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_a_room_has_few_files_at_its_door(floor):
    found = [f.name for f in FILES if f.parent == HOUSE / floor and f.suffix == ".py"]

    # The door itself and what Django asks for by name are no rooms of their own.
    assert len([n for n in found if n not in ("__init__.py", "apps.py")]) <= 12


def test_every_room_stands_on_a_floor():
    rooms = {room(file) for file in CODE if file.is_relative_to(HOUSE) and file.parent != HOUSE}

    assert rooms == set(FLOORS)


def above(file: Path) -> set[str]:
    """The rooms that a file may not know."""
    if file.parent == HOUSE:
        return set()
    own = room(file)
    beside = WINDOWS - {own} if own in WINDOWS else set()
    return beside | set(FLOORS[FLOORS.index(own) + 1 :])


def inside(files: list[Path]) -> list[Path]:
    return [file for file in files if file.is_relative_to(HOUSE)]


def imported(file: Path):
    """The rooms that a file imports, also within functions and by relative dots."""
    package = ("satama", *file.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join([*base, *([node.module] if node.module else [])])
            names = [start, *(f"{start}.{alias.name}" for alias in node.names)]
        yield from (
            parts[1] for n in names if len(parts := n.split(".")) > 1 and parts[0] == "satama"
        )


def test_imports_look_down():
    up = {
        f"{name(file)} imports {other}"
        for file in inside(CODE)
        if file.name != "__main__.py" and file.parent != HOUSE
        for other in imported(file)
        if other in above(file)
    }

    assert up == set()


def test_foreign_keys_by_name_look_down():
    pattern = re.compile(r"""["'](?:satama\.)?(\w+)\.[A-Z]\w+["']""")
    up = {
        f"{name(file)} names {other}"
        for file in inside(CODE)
        if file.parent != HOUSE and "tests" not in file.parts
        for other in pattern.findall(file.read_text())
        if other in above(file)
    }

    assert up == set()


def included(file: Path) -> list[str]:
    return re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""", file.read_text())


def test_templates_take_from_their_own_room_or_a_room_below():
    up = {
        f"{name(file)} takes {other}"
        for file in inside(TEMPLATES)
        for other in included(file)
        if other.split("/")[0] in above(file)
    }

    assert up == set()


def test_templates_load_words_from_their_own_room_or_a_room_below():
    up = {
        f"{name(file)} loads {other}"
        for file in inside(TEMPLATES)
        for words in re.findall(r"{%\s*load ([^%]+)%}", file.read_text())
        for other in words.split()
        if other in above(file)
    }

    assert up == set()


def test_our_styles_have_no_left_and_right():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|"
        r"text-align\s*:\s*(?:left|right)|(?<![\w-])float\s*:|border-(?:top|bottom)-(?:left|right)"
    )
    found = {name(file): hits for file in STYLES if (hits := physical.findall(file.read_text()))}

    assert found == {}


def test_every_setting_is_in_the_documents():
    said = (ROOT / "docs/settings.md").read_text()

    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in said] == []


def test_every_documented_setting_exists():
    said = re.findall(r"^\|\s*`([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)

    assert sorted(said) == sorted(setting.name for setting in SETTINGS)


DOCUMENTS = [file for file in FILES if file.suffix == ".md"]
PICTURES = ROOT / "docs/images/editing"


def leads(file: Path) -> list[tuple[Path, str]]:
    """Files of ours, and the headings in them, that a document leads to."""
    found = re.findall(r"\]\((?!\w+:)([^)#\s]*)#?([^)\s]*)\)", file.read_text())
    return [((file.parent / path).resolve() if path else file, place) for path, place in found]


def headings(file: Path) -> set[str]:
    """As GitHub names them in addresses."""
    found = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


def test_every_way_in_the_documents_leads_somewhere():
    lost = {
        f"{name(file)}: {target.name}#{place}"
        for file in DOCUMENTS
        if "content" not in file.relative_to(ROOT).parts[:1]
        for target, place in leads(file)
        if not target.exists() or (place and place not in headings(target))
    }

    assert lost == set()


def test_every_picture_of_the_workplace_is_in_the_documents_and_small():
    shown = {target for file in DOCUMENTS for target, _place in leads(file)}
    pictures = set(PICTURES.iterdir())

    assert pictures - shown == set()
    assert {file.name for file in pictures if file.stat().st_size > 150_000} == set()


def test_every_part_is_shown_or_used():
    parts = {f"{f.parent.parent.name}/parts/{f.name}" for f in PAGES if f.parent.name == "parts"}
    code = "\n".join(f.read_text() for f in inside(CODE))
    used = {other for file in TEMPLATES for other in included(file)}
    used |= {part for part in parts if f'"{part}"' in code}

    assert sorted(parts - used) == []


def test_every_part_of_the_look_has_a_name_of_its_own():
    shown = re.findall(r'data-part="([a-z]+)"', (ROOT / PARTS).read_text())

    assert len(shown) == len(set(shown)) >= 8


PARTS = "satama/databank/templates/databank/parts.html"
TEXTS = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".yaml",
    ".toml",
    ".txt",
    ".in",
    ".xml",
    ".svg",
    ".po",
}


def texts():
    for file in FILES:
        if file.suffix in TEXTS or not file.suffix:
            yield file, file.read_text(encoding="utf-8", errors="replace")


def test_nothing_is_left_to_do():
    marks = re.compile(r"\b(?:TODO|FIXME|XX" + r"X)\b")
    left = {name(file) for file, text in texts() if file != Path(__file__) and marks.search(text)}

    assert left == set()


def test_templates_have_neither_inline_styles_nor_scripts():
    inline = re.compile(
        r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*src=)"""
    )
    found = {name(file): hits for file in PAGES if (hits := inline.findall(file.read_text()))}

    assert found == {}


def test_pages_ask_no_other_host_for_anything():
    asset = re.compile(
        r"""(?:src|srcset|data|poster|action)\s*=\s*["']?(?:https?:)?//[^"'\s>]*"""
        r"""|<link[^>]+href\s*=\s*["']?(?:https?:)?//[^"'\s>]*|@import|url\(\s*["']?(?:https?:)?//"""
    )
    found = {
        name(file): hits for file in [*PAGES, *STYLES] if (hits := asset.findall(file.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.parts[-3])
def test_all_words_are_translated_and_sure(file):
    with file.open("rb") as opened:
        catalogue = read_po(opened)

    unsure = [m.id for m in catalogue if m.id and m.fuzzy]
    empty = [
        m.id
        for m in catalogue
        if m.id and not all(m.string if isinstance(m.string, tuple) else (m.string,))
    ]

    assert (unsure, empty) == ([], [])
    assert len(catalogue) > 50


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.parts[-3])
def test_placeholders_are_the_same_in_every_language(file):
    with file.open("rb") as opened:
        catalogue = read_po(opened)
    place = re.compile(r"%\(\w+\)s|</?\w+|href=\"[^\"]+\"")

    wrong = [
        message.id
        for message in catalogue
        if message.id and isinstance(message.id, str)
        if sorted(place.findall(message.id)) != sorted(place.findall(str(message.string)))
    ]

    assert wrong == []


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.parts[-3])
def test_the_compiled_words_are_those_written(file):
    with file.open("rb") as opened:
        catalogue = read_po(opened)
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)

    with file.with_suffix(".mo").open("rb") as opened:
        kept = read_mo(opened)

    assert said(kept) == said(read_mo(made))


def said(catalogue) -> dict:
    return {(m.context, str(m.id)): m.string for m in catalogue if m.id}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_lock_has_hashes_and_names_no_index(lock):
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
    assert not re.search(r"://|index-url|find-links|trusted-host| @ ", text)


def test_nothing_names_a_path_of_one_machine():
    path = re.compile(r"/(?:home|Users|root|work)/\w+|[A-Z]:\\\\|/tmp/\w+")
    known = {"/root/.cache", "/home/account_summary"}  # the other is a template of Wagtail's
    found = {
        name(file): sorted(hits)
        for file, text in texts()
        if file != Path(__file__) and (hits := set(path.findall(text)) - known)
    }

    assert found == {}
