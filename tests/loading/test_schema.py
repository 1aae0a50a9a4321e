"""The schemas for editors: current, true to every seed file, and strict about what the registry says."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ipo_data.loading.schema import FOLDER, schema_texts, schemas
from ipo_data.model.claim import AXES
from ipo_data.model.metric import FAMILIES, METRICS
from ipo_data.paths import ROOT

SEEDS = ROOT / "seeds"
SCHEMAS = schemas()


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: dates stay texts, plain digits become numbers."""


EditorLoader.yaml_implicit_resolvers = {}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9][0-9]*)$"), None)
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), None)
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), None)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe loader with fewer rules


def validator_of(name: str) -> Any:
    return jsonschema.Draft7Validator(SCHEMAS[f"{name}.schema.json"])


def objections(name: str, text: str) -> list[str]:
    return [error.message for error in validator_of(name).iter_errors(as_editors_read(text))]


def seed_files() -> list[Path]:
    return sorted(path for path in SEEDS.rglob("*.yaml") if path.name != "zh-Hant.yaml")


def test_every_kind_of_file_has_a_schema() -> None:
    shared = {"sources", "fx", "scenarios", "vocabulary", "company"}

    assert set(SCHEMAS) == {f"{name}.schema.json" for name in shared | set(FAMILIES)}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schema_is_valid_and_points_at_nothing_missing(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft7Validator.check_schema(schema)
    defined = {f"#/$defs/{key}" for key in schema["$defs"]}

    assert _references(schema) == defined


def _references(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_references, value))
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if "$ref" in value else set()
    return own.union(*map(_references, value.values()))


@pytest.mark.parametrize("path", seed_files(), ids=lambda path: str(path.relative_to(SEEDS)))
def test_every_seed_file_satisfies_its_schema(path: Path) -> None:
    assert objections(path.stem, path.read_text("utf-8")) == []


def test_written_schemas_are_current() -> None:
    written = {path.name: path.read_text("utf-8") for path in (SEEDS / FOLDER).iterdir()}

    assert written == schema_texts(), "run: make schema"


def test_schema_texts_are_the_schemas_and_end_with_a_line_break() -> None:
    for name, text in schema_texts().items():
        assert json.loads(text) == SCHEMAS[name]
        assert text.endswith("}\n")


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_claim_lines_offer_the_axes_and_the_date_of_their_metric(metric: Any) -> None:
    line = SCHEMAS[f"{metric.family}.schema.json"]["properties"][metric.id]["items"]
    offered = set(line["properties"])

    assert offered & set(AXES) == metric.axes
    assert ("period" in offered, "as_of" in offered) == {
        "flow": (True, False), "average": (True, False), "instant": (False, True), "timeless": (False, False),
    }[metric.time]  # fmt: skip


LINE = "{period: 9M2025, says: 53.44m USD, from: acn}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("revenue", f"revenue:\n  - {LINE}\n"),
        (
            "revenue",
            "revenue:\n  - {period: 2025-01..2025-09, segment: c_end, says: '>~3亿 CNY', from: acn}\n".replace("~", ""),
        ),
        ("revenue", "revenue:\n  - {period: FY2023, says: 350万 USD, rounded_to: 100000, from: acn, at: '¶1 350万'}\n"),
        ("cash", "liquidity:\n  - {as_of: 2025, says: <~11亿 USD, from: acn, flags: [suspect], note: {en: x}}\n"),
        ("events", "listed:\n  - {says: 2026, from: acn}\n"),
        ("margins", "gross_margin:\n  - {period: FY2023, says: -24.7%, from: acn, basis: adjusted}\n"),
        ("company", "id: acme\nname: Acme\nticker: 1234.HK\nreporting_currency: USD\nmembers: {product: {one: One}}\n"),
    ],
)
def test_schema_accepts_what_the_loader_accepts(name: str, text: str) -> None:
    assert objections(name, text) == []


@pytest.mark.parametrize(
    ("name", "text", "objection"),
    [
        ("revenue", "revenues: []\n", "'revenues' was unexpected"),
        ("revenue", "revenue:\n  - {period: 9M2025, sayz: 53.44m USD, from: acn}\n", "'sayz' was unexpected"),
        ("revenue", "revenue:\n  - {period: 9M2025, from: acn}\n", "'says' is a required property"),
        ("revenue", "revenue:\n  - {says: 53.44m USD, from: acn}\n", "'period' is a required property"),
        ("revenue", f"revenue:\n  - {LINE[:-1]}, holder: yan}}\n", "'holder' was unexpected"),
        ("revenue", "revenue:\n  - {period: 9M2025, says: 53.44%, from: acn}\n", "'53.44%' does not match"),
        ("revenue", "revenue:\n  - {period: 2025, says: 53.44m USD, from: acn}\n", "2025 is not of type 'string'"),
        ("revenue", "revenue:\n  - {period: 9M25, says: 53.44m USD, from: acn}\n", "'9M25' does not match"),
        ("revenue", f"revenue:\n  - {LINE[:-1]}, basis: ifrs}}\n", "'ifrs' is not one of"),
        ("margins", "gross_margin:\n  - {period: FY2024, says: 23.3m USD, from: acn}\n", "'23.3m USD' does not match"),
        ("cash", "liquidity:\n  - {as_of: 2025-9-30, says: 1bn USD, from: acn}\n", "'2025-9-30' does not match"),
        ("cash", "runway:\n  - {as_of: 2025-09-30, says: 53 days, from: acn}\n", "'53 days' does not match"),
        ("cash", "judgements:\n  - {metric: runways}\n", "'runways' is not one of"),
        ("sources", "sources:\n  - {id: acn}\n", "'title' is a required property"),
        ("sources", "documents: []\n", "'sources' is a required property"),
        ("fx", "rates:\n  - {set: a, base: US$}\n", "'US$' is not one of"),
        ("vocabulary", "members: {segments: {c_end: C-end}}\n", "'segments' is not one of"),
        ("company", "id: Acme\n", "'Acme' does not match"),
    ],
)
def test_schema_objects_to_what_the_loader_refuses(name: str, text: str, objection: str) -> None:
    assert any(objection in found for found in objections(name, text)), objections(name, text)


def test_fields_carry_their_meaning() -> None:
    source = SCHEMAS["sources.schema.json"]["properties"]["sources"]["items"]
    gross_margin = SCHEMAS["margins.schema.json"]["properties"]["gross_margin"]

    assert source["properties"]["publisher"]["description"] == "Who published it."
    assert gross_margin["description"] == "Measured in percent; a mean or ratio over a period."
    assert not [
        name for name, field in source["properties"].items() if "description" not in field and "$ref" not in field
    ]


def test_schemas_name_no_address_but_their_dialect() -> None:
    dialect = SCHEMAS["fx.schema.json"]["$schema"]

    assert [
        name for name, text in schema_texts().items() if "://" in text.replace(dialect, "").replace("https?://", "")
    ] == []
