"""The documents against the code: nothing that exists is missing from them, nothing they name is missing here."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from ipo_data.analysis.points import State
from ipo_data.analysis.runway import BURN_DEFINITIONS, LIQUIDITY_TIERS
from ipo_data.analysis.verdicts import TieOut
from ipo_data.cli import COMMANDS, FORMATS
from ipo_data.dataset import Status
from ipo_data.duplicates import Duplicate
from ipo_data.exhibits.registry import PAGES
from ipo_data.export.tables import CLAIM_COLUMNS, FACT_COLUMNS
from ipo_data.loading.problems import ProblemList
from ipo_data.loading.yaml_reader import read_yaml
from ipo_data.model.claim import Basis, Claim, Flag, Kind
from ipo_data.model.judgement import Verdict
from ipo_data.model.metric import FAMILIES, METRICS
from ipo_data.model.rate import RateMethod
from ipo_data.model.source import Reading, SourceKind
from ipo_data.model.statement import Comparison
from ipo_data.paths import ARTICLES_VARIABLE, ROOT, SEEDS_VARIABLE
from ipo_data.quantities import SIGN_OF, Bound, parse_quantity
from ipo_data.text.catalog import LANGUAGES, catalogue
from ipo_data.units import SCALES, UNITS
from pages.shell.navigation import TOOLS

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in DOCUMENTS}
README, CONTRIBUTING = TEXTS["README.md"], TEXTS["CONTRIBUTING.md"]
DATA_MODEL, METHODOLOGY = TEXTS["docs/data-model.md"], TEXTS["docs/methodology.md"]
GLOSSARY, ARCHITECTURE = TEXTS["docs/glossary.md"], TEXTS["docs/architecture.md"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def codes(text: str) -> set[str]:
    """Return everything a document puts in backticks, outside of blocks."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


def missing(words: Iterable[object], text: str) -> list[str]:
    return sorted({str(word) for word in words} - codes(text))


def section(text: str, heading: str) -> str:
    """Return a section of a document without its subsections' siblings."""
    level = re.escape(heading.split(" ", maxsplit=1)[0])
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^{level} |\Z)", text, flags=re.DOTALL | re.MULTILINE)
    assert found, f"no section '{heading}'"
    return found[1]


def table(text: str) -> list[list[str]]:
    """Return the cells of all tables of a text, headings and rules left out."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    rules = [index for index, row in enumerate(cells) if set(row[0]) <= {"-", ":"}]
    return [row for index, row in enumerate(cells) if index not in rules and index + 1 not in rules]


# --- what exists is documented --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "words", "text"),
    [
        ("topics", FAMILIES, section(DATA_MODEL, "## Topics")),
        ("units", UNITS, section(DATA_MODEL, "### Units")),
        ("flags", Flag, section(DATA_MODEL, "### Flags")),
        ("statuses", Status, section(DATA_MODEL, "## Fact")),
        ("states", State, section(DATA_MODEL, "## Data point")),
        ("judgement verdicts", Verdict, section(DATA_MODEL, "## Judgements")),
        ("comparisons of statements", Comparison, section(DATA_MODEL, "## Statements")),
        ("verdicts of the ledger", TieOut, section(METHODOLOGY, "## Verdicts")),
        ("bases", Basis, DATA_MODEL),
        ("kinds of claim", Kind, DATA_MODEL),
        ("kinds of document", SourceKind, section(DATA_MODEL, "## Documents")),
        ("ways of reading", Reading, section(DATA_MODEL, "## Documents")),
        ("hedges", Bound, section(DATA_MODEL, "### Printed notation")),
        ("signs of hedges", filter(None, SIGN_OF.values()), section(DATA_MODEL, "### Printed notation")),
        ("export columns", {*CLAIM_COLUMNS, *FACT_COLUMNS}, section(DATA_MODEL, "## Exports")),
        ("export formats", FORMATS, section(DATA_MODEL, "## Exports")),
        ("liquidity definitions", LIQUIDITY_TIERS, section(METHODOLOGY, "## Runway")),
        ("burn definitions", BURN_DEFINITIONS, section(METHODOLOGY, "## Runway")),
        ("pages", [*(page.id for page in PAGES), *TOOLS], section(README, "## What you see")),
        ("commands", COMMANDS, ARCHITECTURE),
        ("duplicate classes", Duplicate, GLOSSARY),
        ("statuses", Status, GLOSSARY),
        ("rate methods", RateMethod, GLOSSARY),
        ("environment variables", [SEEDS_VARIABLE], README),
        ("environment variables", [ARTICLES_VARIABLE], CONTRIBUTING),
    ],
)
def test_what_exists_is_documented(what: str, words: Iterable[object], text: str) -> None:
    assert missing(words, text) == [], f"{what} missing in the documents"


def test_every_claim_field_is_documented() -> None:
    fields = {field.alias or name for name, field in Claim.model_fields.items()} - {"company", "metric", "dimensions"}

    assert missing(fields, section(DATA_MODEL, "## Claim")) == []


def test_every_scale_is_documented() -> None:
    simplified = {scale for scale in SCALES if scale and not set(scale) & set("萬億")}

    assert missing(simplified, section(DATA_MODEL, "### Printed notation")) == []


def test_every_command_has_an_example() -> None:
    shown = set(re.findall(r"^ipo-data ([a-z-]+)", section(README, "## On the command line"), flags=re.MULTILINE))

    assert shown == set(COMMANDS)


def test_topics_documented_are_topics() -> None:
    assert [row[0].strip("`") for row in table(section(DATA_MODEL, "## Topics"))] == list(FAMILIES)


def test_every_module_of_the_top_level_has_its_place_in_the_architecture() -> None:
    parts = {
        path.name + ("/" if path.is_dir() else "") for path in (ROOT / "ipo_data").iterdir()
        if not path.name.startswith("_") and path.name != "py.typed"
    }  # fmt: skip

    assert sorted(part for part in parts if f"`{part}`" not in ARCHITECTURE and f"/{part}`" not in ARCHITECTURE) == []


# --- what is documented exists --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[name]):
        path, _, anchor = target.partition("#")
        linked = (folder / path).resolve() if path else ROOT / name
        assert linked.is_file(), f"{name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), flags=re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("name", TEXTS)
def test_files_named_exist(name: str) -> None:
    """Every path in backticks is a file or folder of the repository; placeholders in angle brackets aside."""
    looks_like_path = re.compile(r"[\w.-]+(/[\w.*-]+)+/?|[\w-]+\.(py|yaml|toml|md|sh|csv)")
    found = {code for code in codes(TEXTS[name]) if looks_like_path.fullmatch(code)}
    package = ROOT / "ipo_data"
    roots = (ROOT, ROOT / "seeds", package, *(package / name for name in ("text", "analysis", "exhibits")))

    assert [code for code in sorted(found - MADE_UP) if not any(list(root.glob(code)) for root in roots)] == []


MADE_UP = {"seeds/companies/acme/", "build/fonts", ".streamlit/secrets.toml", ".venv/bin", "company.yaml"}
"""Paths that documents speak of and that are not in the repository."""


@pytest.mark.parametrize("name", TEXTS)
def test_make_commands_named_are_in_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", TEXTS[name], flags=re.MULTILINE))

    assert named <= targets


def test_the_two_commands_come_first() -> None:
    start = section(README, "## Start")

    assert re.findall(r"^make ([a-z]+)", start, flags=re.MULTILINE) == ["app", "test"]


@pytest.mark.parametrize("variable", ["ADDRESS", "PORT", "ARGS"])
def test_make_variables_named_are_in_the_makefile(variable: str) -> None:
    assert f"{variable}=" in README + CONTRIBUTING
    assert re.search(rf"^{variable} +\?=", MAKEFILE, flags=re.MULTILINE)


def test_command_line_options_named_exist() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "ipo_data").glob("cli*.py")))
    streamlit = {"--server.address", "--server.port", "--server.baseUrlPath"}
    named = set(re.findall(r"--[a-z][\w.-]*", section(README, "## On the command line"))) - streamlit

    assert {option for option in named if option.lstrip("-") not in source} == set()
    assert named == {
        "--seeds", "--format", "--metric", "--company", "--source", "--write", "--evidence", "--known-by", "--without",
        "--scenario", "--set", "--paths", "--port", "--shared", "--out", "--force",
        "--page", "--exhibit", "--lang", "--preset", "--query", "--currency", "--name",
    }  # fmt: skip


def test_examples_of_the_notation_are_read() -> None:
    listed = re.search(r"`says` keeps digits(.+?)高达", CONTRIBUTING, flags=re.DOTALL)
    assert listed
    examples = codes(listed[1])

    assert len(examples) >= 10
    assert [parse_quantity(example).text for example in sorted(examples)] == sorted(examples)


def test_claim_lines_in_the_documents_stand_in_the_seeds() -> None:
    seeds = "".join(path.read_text("utf-8") for path in (ROOT / "seeds" / "companies").glob("*/*.yaml"))
    lines = [line.strip() for text in TEXTS.values() for line in text.splitlines() if re.match(r"\s*- \{period:", line)]

    assert len(lines) >= 2
    assert [line for line in lines if line not in seeds] == []


def test_yaml_examples_are_sound_yaml(tmp_path: Path) -> None:
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", README + CONTRIBUTING, flags=re.DOTALL)):
        path, problems = tmp_path / f"{number}.yaml", ProblemList()
        path.write_text(block, "utf-8")
        read_yaml(path, path.name, problems)
        assert problems.lines() == ()


# --- dependencies ---------------------------------------------------------------------------------------------------


def dependencies() -> list[str]:
    groups = PROJECT["dependency-groups"].values()
    listed = [
        *PROJECT["project"]["dependencies"],
        *(item for group in groups for item in group if isinstance(item, str)),
    ]
    return [re.split(r"[<>=!~ ;\[]", item)[0] for item in listed]


def test_every_dependency_has_a_reason_in_the_readme() -> None:
    reasons = {row[0].strip("`"): row[1] for row in table(section(README, "## What it is built with"))}

    assert list(reasons) == dependencies()
    assert [name for name, reason in reasons.items() if len(reason) < 10] == []


def test_development_dependencies_are_marked_as_such() -> None:
    reasons = {row[0].strip("`"): row[1] for row in table(section(README, "## What it is built with"))}
    needed = len(PROJECT["project"]["dependencies"])

    assert ["(development)" in reason for reason in reasons.values()] == [n >= needed for n in range(len(reasons))]


# --- glossary and catalogues ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table(GLOSSARY), ids=lambda row: row[0])
def test_glossary_terms_have_both_languages_and_a_meaning(row: list[str]) -> None:
    code, english, chinese, meaning = row

    assert re.fullmatch(r"`\w+`(, `\w+`)*", code)
    assert re.search("[a-z]", english)
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese)
    assert meaning


def test_glossary_metrics_are_called_as_in_the_catalogues() -> None:
    chinese = {code.strip("`"): row[2] for row in table(GLOSSARY) for code in row[0].split(", ")}
    labels = catalogue("zh-Hans")
    shared = sorted(set(chinese) & set(METRICS))
    foreign = [name for name in shared if not _pairs(labels[f"metric.{name}"]) & _pairs(chinese[name])]

    assert len(shared) >= 15
    assert foreign == []


def _pairs(text: str) -> set[str]:
    """Return every two Chinese characters that stand beside each other."""
    return {text[n : n + 2] for n in range(len(text) - 1) if all(map(CHINESE.match, text[n : n + 2]))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "keys",
    [
        [f"metric.{name}" for name in METRICS], [f"status.{status}" for status in Status],
        [f"state.{state}" for state in State], [f"verdict.{verdict}" for verdict in TieOut],
        [f"flag.{flag}" for flag in Flag], [f"nav.{page}" for page in (*(p.id for p in PAGES), *TOOLS)],
        [f"question.{page}" for page in (*(p.id for p in PAGES), *TOOLS)],
    ],
    ids=lambda keys: keys[0].split(".")[0],
)  # fmt: skip
def test_what_exists_has_a_label_in_every_language(language: str, keys: list[str]) -> None:
    assert [key for key in keys if not catalogue(language).get(key)] == []


# --- manners --------------------------------------------------------------------------------------------------------


def test_the_disclaimer_stands_once() -> None:
    assert len(re.findall("not investment advice", README, flags=re.IGNORECASE)) == 1


@pytest.mark.parametrize("name", TEXTS)
def test_prose_is_plain(name: str) -> None:
    hype = re.findall(
        r"\b(powerful|seamless\w*|cutting-edge|blazing\w*|robust|leverag\w+|comprehensive|world-class)\b|!(?!\[)",
        re.sub(r"```.*?```|`[^`]*`", "", TEXTS[name], flags=re.DOTALL), flags=re.IGNORECASE,
    )  # fmt: skip

    assert hype == []


@pytest.mark.parametrize("name", TEXTS)
def test_lines_fit_a_review(name: str) -> None:
    """Prose is wrapped; tables and links may be longer."""
    long = [line for line in TEXTS[name].splitlines() if len(line) > 125 and not line.startswith(("|", "![", "```"))]

    assert [line for line in long if "](" not in line and "ipo_data/" not in line] == []


def test_changelog_keeps_its_headings() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXTS["CHANGELOG.md"], flags=re.MULTILINE)
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}

    assert headings[:2] == ["Changes", "[Unreleased]"]
    assert {heading for heading in headings[2:] if not heading.startswith("[")} <= allowed


def test_contributing_lists_its_tasks() -> None:
    tasks = re.findall(r"^## (.+)$", CONTRIBUTING, flags=re.MULTILINE)
    listed = re.findall(r"^- \[(.+)\]\(#", CONTRIBUTING, flags=re.MULTILINE)

    assert listed == tasks
    assert len(tasks) == 10
