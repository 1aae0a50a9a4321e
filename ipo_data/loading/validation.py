"""Plain data → records, with every refusal at its place in the file."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ipo_data.errors import nearest, nearest_name, shown
from ipo_data.loading.problems import Path, ProblemList, dotted
from ipo_data.loading.yaml_reader import Parsed
from ipo_data.model.text import Text

R = TypeVar("R", bound=BaseModel)
_FIELD_PREFIX: Final = re.compile(r"^([a-z_]+): ")
_SET_BY_PLACE: Final = frozenset({"company", "metric", "dimensions"})
"""Fields of a claim that come from where its line stands."""
_WORDS: Final = {
    "string_type": "expected a text",
    "string_too_long": "at most {max_length} characters are allowed",
    "string_too_short": "a text is needed",
    "tuple_type": "expected a list in square brackets",
    "list_type": "expected a list in square brackets",
    "dict_type": "expected a map of names and values",
    "too_short": "at least {min_length} entries are needed",
    "int_parsing": "expected a whole number",
    "float_parsing": "expected a number",
    "float_type": "expected a number",
    "finite_number": "expected a finite number",
    "greater_than_equal": "the lowest allowed is {ge}",
    "less_than_equal": "the highest allowed is {le}",
}
"""Refusals by type, in words of our own: a library's wording may change with its version."""


def validate(
    model: type[R], data: Any, parsed: Parsed, path: Path, problems: ProblemList, *, context: Any = None,  # noqa: ANN401
    also: Iterable[str] = (),
) -> R | None:  # fmt: skip
    """Build a record; on refusal note the problems and return ``None``.

    Args:
        model: Record type.
        data: Plain data.
        parsed: File the data come from.
        path: Where in the file they stand.
        problems: Collects refusals.
        context: Passed to the validators (fiscal year end).
        also: Words that may stand beside the fields (axes), for hints.

    Returns:
        The record, or ``None``.
    """
    refusals = _Refusals(model, parsed, path, problems, tuple(also))
    if not isinstance(data, dict):
        refusals.add((), f"expected fields such as {', '.join(_fields_at(model, ())[:4])}, got {_kind(data)}")
        return None
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        items = error.errors(include_url=False)
        for item in sorted(items, key=lambda item: item["type"] != "extra_forbidden"):
            refusals.note(item)
        return None


class _Refusals:
    """Words Pydantic's refusals of one record for the reader of its file."""

    def __init__(
        self, model: type[BaseModel], parsed: Parsed, path: Path, problems: ProblemList, also: tuple[str, ...]
    ) -> None:
        self._model, self._parsed, self._path, self._problems, self._also = model, parsed, path, problems, also
        self._misspelt: set[Path] = set()

    def note(self, item: Any) -> None:  # noqa: ANN401 - Pydantic's error details
        location: Path = tuple(item["loc"])
        match item["type"]:
            case "extra_forbidden":
                self._unknown_field(location)
            case "missing":
                self._missing(location)
            case "value_error":
                self._refused(location, str(item["ctx"]["error"]))
            case "enum" | "literal_error":
                allowed = re.findall(r"'([^']*)'", str(item["ctx"].get("expected", "")))
                self.add(location, f"unknown word '{shown(item['input'])}'{nearest(str(item['input']), allowed)}")
            case "model_type" | "model_attributes_type":
                self.add(location, f"{_expected_at(self._model, location)}, got {_kind(item['input'])}")
            case kind:
                words = _WORDS.get(kind, item["msg"][:1].lower() + item["msg"][1:])
                words = words.format(**item.get("ctx", {}))
                self.add(location, words if ", got " in words else f"{words}, got {_kind(item['input'])}")

    def add(self, location: Path, message: str) -> None:
        where = (*self._path, *location)
        self._say(self._parsed.position(where), where, message)

    def _say(self, position: tuple[int, int], subject: Path, message: str) -> None:
        name = dotted(subject)
        self._problems.add(self._parsed.file, position, f"{name}: {message}" if name else message)

    def _unknown_field(self, location: Path) -> None:
        where = (*self._path, *location)
        allowed = _fields_at(self._model, location[:-1])
        if len(location) == 1:
            allowed += self._also
        meant = nearest_name(str(location[-1]), allowed)
        if meant is not None:
            self._misspelt.add((*location[:-1], meant))
        message = f"unknown field '{shown(location[-1])}'{nearest(str(location[-1]), allowed)}"
        self._say(self._parsed.key_position(where), where[:-1], message)

    def _missing(self, location: Path) -> None:
        where = (*self._path, *location)
        noted = location in self._misspelt or (*where, "<key>") in self._parsed.positions  # here, or as a bare key
        if not noted:
            self._say(self._parsed.position(where[:-1]), where[:-1], f"field '{location[-1]}' is missing")

    def _refused(self, location: Path, message: str) -> None:
        prefix = _FIELD_PREFIX.match(message)
        if prefix and not location:  # a refusal of the whole record that names the field to look at
            location = ({"source": "from"}.get(prefix[1], prefix[1]),)
            message = message[prefix.end() :]
        self.add(location, message)


def _field_type(model: Any, location: Path) -> Any:  # noqa: ANN401 - a model class
    """Return the model that a location leads to; keys of maps, list positions and union tags lead nowhere else."""
    current = model
    for part in location:
        field = _field(current, part) if isinstance(part, str) else None
        current = next(_models_in(field.annotation), current) if field is not None else current
    return current


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any type hint
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _field(model: Any, name: str) -> Any:  # noqa: ANN401
    fields = getattr(model, "model_fields", {})
    return fields.get(name) or next((f for f in fields.values() if f.alias == name), None)


def _fields_at(model: type[BaseModel], location: Path) -> list[str]:
    current = _field_type(model, location)
    fields = [f.alias or name for name, f in current.model_fields.items()]
    is_claim = current is model and _SET_BY_PLACE.issubset(fields)
    return [name for name in fields if not (is_claim and name in _SET_BY_PLACE)]


def _expected_at(model: type[BaseModel], location: Path) -> str:
    found = _field_type(model, location)
    if found is Text:
        return "expected a text, or {en: …, zh-Hans: …}"
    if found is model:
        return _WORDS["dict_type"]
    return f"expected fields such as {', '.join(_fields_at(model, location)[:4])}"


def _kind(data: Any) -> str:  # noqa: ANN401
    if isinstance(data, (list, tuple)):
        return "a list"
    if isinstance(data, dict):
        return "a map"
    return "nothing" if data in (None, "") else f"'{shown(data)}'"
