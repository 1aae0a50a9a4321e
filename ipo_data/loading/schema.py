"""JSON Schemas of the seed files, for completion and hints in an editor.

They are generated from the records and the metric registry, so that an editor offers what the loader accepts: the
fields with their meaning, the metrics of each topic, and for each metric its unit, its axes and whether it takes a
period or a date. The loader stays the judge: ids, sums and references are checked by ``ipo-data check`` alone.
"""

import json
import re
from collections.abc import Callable, Mapping
from inspect import getdoc
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ipo_data.model.claim import AXES, Claim
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, Judgement
from ipo_data.model.metric import FAMILIES, METRICS, Metric, TimeKind
from ipo_data.model.rate import FxRate
from ipo_data.model.scenario_preset import CompanyScenarios
from ipo_data.model.source import IDENTIFIER, Source
from ipo_data.model.statement import Statement
from ipo_data.model.text import Text
from ipo_data.units import CURRENCIES, SCALES, UnitKind

Schema = dict[str, Any]

FOLDER: Final = "schema"
"""Folder of the schema files below the seeds folder."""

_DIALECT: Final = "http://json-schema.org/draft-07/schema#"  # what YAML editors understand best
_LINE: Final = 120
_WORD_LISTS: Final[Mapping[str, tuple[str, ...]]] = {"metric": tuple(METRICS), "axis": AXES}
_SCALE: Final = f"({'|'.join(sorted(filter(None, SCALES), key=len, reverse=True))})?"
_DIGITS: Final = r"-?[0-9]+(\.[0-9]+)?"
_SIGN: Final = "(<~|~|>|<)?"
_DAY: Final = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_PERIOD: Final = r"((FY|H[12]-|Q[1-4]-|[1-9]M|1[0-2]M)[0-9]{4}|[0-9]{4}-[0-9]{2}|\S+\.\.\S+)"
_TIME_WORDS: Final = {
    TimeKind.FLOW: "adds up over a period",
    TimeKind.AVERAGE: "a mean or ratio over a period",
    TimeKind.INSTANT: "holds on a date",
    TimeKind.TIMELESS: "a term or an event: neither period nor date",
}
_SET_BY_METRIC: Final = frozenset({"company", "metric", "dimensions", "period", "as_of", "says"})
"""Fields of a claim that its metric or the place of its line decides."""
_DOCUMENTED_FIELD: Final = re.compile(r"^    (?P<name>\w+): (?P<text>.+(?:\n {8}.+)*)", re.MULTILINE)


def schemas() -> dict[str, Schema]:
    """Return every schema by file name (``revenue.schema.json``): shared files, the company file, one per topic."""
    found = {
        "sources": _list_file("Documents that print figures.", "sources", Source, required=True),
        "fx": _list_file("Exchange rates.", "rates", FxRate),
        "scenarios": _list_file("Runway scenarios: assumptions, never facts.", "companies", CompanyScenarios),
        "vocabulary": _vocabulary(),
        "company": _whole_file(Company),
        **{family: _topic(family) for family in FAMILIES},
    }
    return {f"{name}.schema.json": schema for name, schema in found.items()}


def schema_texts() -> dict[str, str]:
    """Return the content of every schema file by file name, the same for the same records."""
    return {name: _written(schema, "") + "\n" for name, schema in schemas().items()}


def _written(value: Any, indent: str) -> str:  # noqa: ANN401 - plain data
    """Write JSON with short parts on one line, so that a person can read a difference."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= _LINE or not isinstance(value, dict | list):
        return line
    deeper = indent + " "
    if isinstance(value, list):
        parts, ends = _filled([_written(item, deeper) for item in value], _LINE - len(deeper)), "[]"
    else:
        parts = [f"{json.dumps(k, ensure_ascii=False)}: {_written(v, deeper)}" for k, v in value.items()]
        ends = "{}"
    return f"{ends[0]}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{ends[1]}"


def _filled(parts: list[str], width: int) -> list[str]:
    """Put short list items beside each other."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}, {part}" if lines else part
        if lines and len(joined) < width and "\n" not in joined:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


# --- files ----------------------------------------------------------------------------------------------------------


def _list_file(what: str, key: str, model: type[BaseModel], *, required: bool = False) -> Schema:
    record, definitions = _record(model)
    entries = {"type": "array", "items": record}
    return _file(what, {key: entries}, definitions, [key] if required else [])


def _whole_file(model: type[BaseModel]) -> Schema:
    record, definitions = _record(model)
    return {"$schema": _DIALECT, **record, "$defs": definitions}


def _vocabulary() -> Schema:
    _, definitions = _record(Judgement)
    labels = {"type": "object", "additionalProperties": _defined("Text")}
    axes = {"type": "object", "propertyNames": _defined("axis"), "additionalProperties": labels}
    shared = {name: definitions[name] for name in ("Text", "axis")}
    return _file("Members of axes that companies share.", {"members": axes}, shared, [])


def _topic(family: str) -> Schema:
    claim, definitions = _record(Claim)
    metrics = [metric for metric in METRICS.values() if metric.family == family]
    shared = [name for name in claim["properties"] if name not in _SET_BY_METRIC]
    dates = sorted({name for metric in metrics for name in _dated(metric)})
    definitions.update({f"claim.{name}": claim["properties"][name] for name in (*shared, *dates)})
    definitions.update({f"figure.{m.unit}": _figure(m, claim["properties"]["says"]) for m in metrics})
    lines = {metric.id: _claim_lines(metric, shared) for metric in metrics}
    records: dict[str, Schema] = {}
    for key, model in (("judgements", Judgement), ("contrasts", Contrast), ("statements", Statement)):
        record, more = _record(model)
        records[key] = {"type": "array", "items": record}
        definitions.update(more)
    return _file(f"Claims on the topic '{family}', one per line.", {**lines, **records}, definitions, [])


def _file(what: str, properties: Schema, definitions: Schema, required: list[str]) -> Schema:
    return {
        "$schema": _DIALECT, "description": what, "type": "object", "properties": properties, "required": required,
        "additionalProperties": False, "$defs": definitions,
    }  # fmt: skip


# --- claim lines ----------------------------------------------------------------------------------------------------


def _claim_lines(metric: Metric, shared: list[str]) -> Schema:
    """Return the schema of a metric's list of claims: only its own unit, axes and kind of date pass."""
    dated = _dated(metric)
    properties = {
        **{name: _defined(f"claim.{name}") for name in dated},
        **{axis: _axis(axis, metric) for axis in sorted(metric.axes)},
        "says": _defined(f"figure.{metric.unit}"),
        **{name: _defined(f"claim.{name}") for name in shared},
    }
    line = {
        "type": "object", "properties": properties, "required": [*dated, "says", "from"], "additionalProperties": False,
    }  # fmt: skip
    described = f"Measured in {metric.unit_words}; {_TIME_WORDS[metric.time]}."
    return {"description": described, "type": "array", "items": line}


def _dated(metric: Metric) -> list[str]:
    """Return the field that dates a metric's claims, if any."""
    return {TimeKind.TIMELESS: [], TimeKind.INSTANT: ["as_of"]}.get(metric.time, ["period"])


def _defined(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _axis(axis: str, metric: Metric) -> Schema:
    adds = "; the members add up to the total" if axis in metric.adds_up else ""
    return {"description": f"Member of the axis '{axis}'{adds}.", "type": ["string", "integer"]}


def _figure(metric: Metric, field: Schema) -> Schema:
    pattern, example = _notation(metric)
    figure = {**field, "pattern": f"^{pattern}$", "examples": [example]}
    return _or_year(figure) if metric.unit == "date" else figure


def _notation(metric: Metric) -> tuple[str, str]:
    if metric.unit == "money":
        return f"{_SIGN}{_DIGITS}{_SCALE} ({'|'.join(CURRENCIES)})", "53.44m USD"
    special = {
        UnitKind.PERCENT.value: (f"{_SIGN}{_DIGITS}%", "23.3%"),
        "x": (f"{_SIGN}{_DIGITS}{_SCALE}x", "37x"),
        UnitKind.DATE.value: (_DAY, "2026-01-09"),
    }
    return special.get(metric.unit, (f"{_SIGN}{_DIGITS}{_SCALE} {metric.unit}", f"53 {metric.unit}"))


# --- records --------------------------------------------------------------------------------------------------------


class _ForEditors(GenerateJsonSchema):
    """Adds each field's meaning from the record's docstring, and leaves out made-up titles."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - Pydantic's own type
        del schema
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        model = schema["cls"]
        made.pop("title", None)
        made["description"] = _first_sentence(model)
        meanings = _meanings(model)
        for name, field in model.model_fields.items():
            shown_as = field.alias or name
            made["properties"][shown_as] = _refined(model, shown_as, made["properties"][shown_as])
            if name in meanings:
                made["properties"][shown_as].setdefault("description", meanings[name])
        return {"anyOf": [{"type": "string", "minLength": 1}, made]} if model is Text else made

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        made = super().enum_schema(schema)
        made.pop("title", None)
        return made


def _record(model: type[BaseModel]) -> tuple[Schema, Schema]:
    """Return a record's schema and the definitions it points at."""
    made = _named_lists(model.model_json_schema(schema_generator=_ForEditors))
    definitions = made.pop("$defs", {})
    for name, words in _WORD_LISTS.items():
        if f'"{_defined(name)["$ref"]}"' in json.dumps([made, definitions]):
            definitions[name] = {"description": f"Id of a known {name}.", "enum": list(words)}
    return made, definitions


def _named_lists(value: Any) -> Any:  # noqa: ANN401 - plain data
    """Point at one list of metrics and one of axes instead of repeating them."""
    if isinstance(value, list):
        return [_named_lists(item) for item in value]
    if not isinstance(value, dict):
        return value
    name = next((name for name, words in _WORD_LISTS.items() if value.get("enum") == list(words)), None)
    return _defined(name) if name else {key: _named_lists(item) for key, item in value.items()}


def _refined(model: type[BaseModel], name: str, field: Schema) -> Schema:
    """Return a field's schema with what the record's own checks demand of it."""
    refine = _REFINEMENTS.get((model.__name__, name)) or _REFINEMENTS.get(("", name))
    refined = refine(_without_null(field)) if refine else _without_null(field)
    return {key: value for key, value in refined.items() if key != "default" or value not in (None, [], {})}


def _without_null(field: Schema) -> Schema:
    """Leave out ``null``: in seed files an absent value is left out."""
    kept = [option for option in field.get("anyOf", []) if option != {"type": "null"}]
    if len(kept) != 1:
        return dict(field)
    return {**{key: value for key, value in field.items() if key != "anyOf"}, **kept[0]}


def _matching(pattern: str) -> Callable[[Schema], Schema]:
    return lambda field: {**field, "pattern": f"^{pattern}$"}


def _date(field: Schema) -> Schema:
    return _or_year(_matching(_DAY)(field))


def _or_year(field: Schema) -> Schema:
    """Allow a bare year, which YAML takes for a number."""
    return {**field, "type": ["string", "integer"]}


def _or_number(field: Schema) -> Schema:
    return {**field, "type": ["string", "number"]}


def _one_of(names: tuple[str, ...]) -> Callable[[Schema], Schema]:
    return lambda field: {**field, "enum": list(names)}


def _by_axis(field: Schema) -> Schema:
    return {**field, "propertyNames": {"enum": list(AXES)}}


_REFINEMENTS: Final[Mapping[tuple[str, str], Callable[[Schema], Schema]]] = {
    ("", "id"): _matching(IDENTIFIER.pattern),
    ("", "from"): _matching(IDENTIFIER.pattern),
    ("", "prefer"): _matching(IDENTIFIER.pattern),
    ("", "metric"): _one_of(tuple(METRICS)),
    ("", "per"): _one_of(tuple(METRICS)),
    ("", "since"): _matching(_PERIOD),
    ("Source", "since"): _date,
    ("", "currency"): _one_of(CURRENCIES),
    ("", "axis"): _one_of(AXES),
    ("", "as_of"): _date,
    ("", "published"): _date,
    ("", "decided"): _date,
    ("", "period"): _matching(_PERIOD),
    ("", "starts"): _matching(f"({_DAY}|{_PERIOD})"),
    ("", "dimensions"): _by_axis,
    ("", "rounded_to"): _or_number,
    ("", "reporting_currency"): _one_of(CURRENCIES),
    ("", "base"): _one_of(CURRENCIES),
    ("", "quote"): _one_of(CURRENCIES),
    ("Company", "members"): _by_axis,
    ("Company", "groups"): _by_axis,
}
"""What validators demand that a type does not say, by record and field; an empty record name stands for all."""


def _first_sentence(model: type[BaseModel]) -> str:
    return (getdoc(model) or "").split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return what a record's docstring says about each field."""
    _, _, listed = (getdoc(model) or "").partition("Attributes:\n")
    return {match["name"]: " ".join(match["text"].split()) for match in _DOCUMENTED_FIELD.finditer(listed)}
