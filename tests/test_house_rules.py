"""The rules of the house that a program can check: sizes, words, doors, colours, settings."""

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.charts import theme
from dashboard.i18n import LANGUAGES, catalogue

HOUSE = Path(__file__).resolve().parents[1]
MODULES = sorted((HOUSE / "dashboard").rglob("*.py"))
PAGES = [HOUSE / "dashboard" / "app.py", *sorted((HOUSE / "dashboard" / "app_pages").glob("*.py"))]
BANNED = re.compile(
    r"violat(?:ion|e|ing)|\bdeviat(?:ion|e|ing)|non-?complian(?:ce|t)|compliance score|error rate|prevalence",
    re.IGNORECASE,
)
BARE_WAI = re.compile(r"\bWAI\b(?!-)")  # it means both the alliance inventory and work-as-imagined
WRITTEN = [
    path
    for folder in ("dashboard", "queries", "data")
    for path in sorted((HOUSE / folder).rglob("*"))
    if path.suffix in {".py", ".toml", ".sql", ".csv", ".md", ".js", ".css"}
]
SQL_CALLS = {"execute", "executemany", "sql", "query"}


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


# --- sizes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_module_is_longer_than_300_lines_and_no_function_than_40(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 40] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_page_is_longer_than_60_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


# --- looks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_button_is_white_on_the_light_blue_of_the_dark_theme(path):
    # Streamlit writes a primary button in white, whatever the theme's own colour: 1.8 to 1 in the dark.
    types = [keyword.value for call in calls(path) for keyword in call.keywords if keyword.arg == "type"]
    assert not any(isinstance(value, ast.Constant) and value.value == "primary" for value in types)


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_no_text_blames_or_measures_obedience(path):
    text = path.read_text(encoding="utf-8")
    assert BANNED.findall(text) == []
    assert BARE_WAI.findall(text) == []


@pytest.mark.parametrize(
    "text",
    ["A violation", "deviations", "non-compliance", "Noncompliant", "the Compliance score", "error rates", "WAI"],
)
def test_the_ban_finds_the_words_that_it_bans(text):
    assert BANNED.search(text) or BARE_WAI.search(text)


def test_every_language_has_the_same_keys_with_the_same_values_to_put_in():
    def shape(text: str) -> tuple[list[str], int]:
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name), text.count("**")

    shapes = {language: {key: shape(text) for key, text in catalogue(language).items()} for language in LANGUAGES}
    assert shapes["sv"] == shapes["en"]
    assert [key for key, (_names, strong) in shapes["en"].items() if strong % 2] == []


# --- doors ------------------------------------------------------------------------------------------------


DOORS = {"dashboard/store.py": {"duckdb.connect"}, "dashboard/importers/sqlite_file.py": {"sqlite3.connect"}}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_only_the_store_opens_duckdb_and_one_module_the_sqlite_files_of_strangers(path):
    opens = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "connect"]
    taken = [
        alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {"duckdb", "sqlite3"}
        for alias in node.names
    ]
    assert "connect" not in taken
    assert {ast.unparse(node) for node in opens} == DOORS.get(named(path), set())


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_sql_is_put_together_from_pieces(path):
    asked = [
        call.args[0]
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in SQL_CALLS and call.args
    ]
    pieced = [
        ast.unparse(sql)
        for sql in asked
        if isinstance(sql, ast.JoinedStr | ast.BinOp)
        or (isinstance(sql, ast.Call) and isinstance(sql.func, ast.Attribute) and sql.func.attr in {"format", "join"})
    ]
    assert pieced == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_page_turns_text_into_html(path):
    assert [ast.unparse(call) for call in calls(path) for k in call.keywords if k.arg == "unsafe_allow_html"] == []
    html = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "html"]
    assert [ast.unparse(node) for node in html] == []


def test_no_drawing_turns_text_into_html():
    scripts = sorted((HOUSE / "dashboard" / "drawings").rglob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text) == [], script


# --- colours ----------------------------------------------------------------------------------------------


def tokens(mode: str) -> dict[str, str]:
    """Return the colours that drawing.css names, in light or in dark."""
    css = (HOUSE / "dashboard" / "drawings" / "drawing.css").read_text(encoding="utf-8")
    block = re.search(r"^\.drawing" + (r"\.dark" if mode == "dark" else "") + r" \{(.*?)^\}", css, re.M | re.S)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", block[1]))


def background(mode: str) -> str:
    config = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return str(config["theme"][mode]["backgroundColor"])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=1e-3)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_stances_have_the_same_colours_in_charts_and_in_drawings(mode):
    found = tokens(mode)
    assert {stance: found[stance] for stance in theme.STANCE_COLOURS[mode]} == theme.STANCE_COLOURS[mode]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_stance_can_be_told_from_its_background(mode):
    found = {stance: contrast(colour, background(mode)) for stance, colour in theme.STANCE_COLOURS[mode].items()}
    assert {stance: ratio for stance, ratio in found.items() if ratio < 3} == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_number_on_the_map_can_be_read_on_its_tile(mode):
    found = tokens(mode)
    inks = [contrast(found[f"on-{level}"], found[f"level-{level}"]) for level in range(theme.LEVELS)]
    assert min(inks) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ink", [theme.INK, theme.QUIET], ids=["ink", "quiet"])
def test_every_text_of_a_chart_can_be_read(mode, ink):
    assert contrast(ink[mode], background(mode)) >= 4.5


# --- settings ---------------------------------------------------------------------------------------------


def test_every_package_that_the_program_needs_says_why():
    text = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.M | re.S)
    assert block is not None
    lines = block[1].splitlines()
    assert len(lines) == len(tomllib.loads(text)["project"]["dependencies"])
    assert [line for line in lines if not re.search(r'^ +"[^"]+", +# \w.{10,}', line)] == []


def test_streamlit_keeps_quiet_stays_on_this_machine_and_skips_the_collection_after_each_run():
    config = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"


def test_the_installed_streamlit_knows_every_option_that_is_set():
    from streamlit import config  # its import is slow, and only this test needs it

    given = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    unknown = [
        f"{section}.{option}"
        for section, options in given.items()
        for option in options
        if option not in config.get_options_for_section(section) and not isinstance(options[option], dict)
    ]
    assert unknown == []
    assert "postScriptGC" in config.get_options_for_section("runner")


def test_the_program_says_the_version_that_the_package_has():
    given = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    assert given["project"]["version"] == settings.PROGRAM_VERSION
