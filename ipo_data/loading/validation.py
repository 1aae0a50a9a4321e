"""Plain data → records, with every refusal at its place in the file."""

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ipo_data.errors import nearest
from ipo_data.loading.problems import Path, ProblemList, dotted
from ipo_data.loading.yaml_reader import Parsed

R = TypeVar("R", bound=BaseModel)
_FIELD_PREFIX = re.compile(r"^([a-z_]+): ")


def validate(
    model: type[R], data: Any, parsed: Parsed, path: Path, problems: ProblemList, *, context: Any = None,  # noqa: ANN401
    lift: str | None = None,
) -> R | None:  # fmt: skip
    """Build a record; on refusal note the problems and return ``None``.

    Args:
        model: Record type.
        data: Plain data.
        parsed: File the data come from.
        path: Where in the file they stand.
        problems: Collects refusals.
        context: Passed to the validators (fiscal year end).
        lift: Name of a field whose entries stand one level higher in the file (``dimensions``).

    Returns:
        The record, or ``None``.
    """
    if not isinstance(data, dict):
        problems.add(
            parsed.file,
            parsed.position(path),
            f"{dotted(path)}: expected fields such as {_some_fields(model)}, got {_kind(data)}",
        )
        return None
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            _note(item, model, parsed, path, problems, lift)
        return None


def _note(
    item: Any, model: type[BaseModel], parsed: Parsed, path: Path, problems: ProblemList, lift: str | None
) -> None:  # noqa: ANN401
    location: Path = tuple(part for part in item["loc"] if part != lift)
    where = (*path, *location)
    match item["type"]:
        case "extra_forbidden":
            parent = dotted(where[:-1])
            hint = nearest(str(location[-1]), _fields_at(model, location[:-1]))
            problems.add(parsed.file, parsed.key_position(where), f"{parent}: unknown field '{location[-1]}'{hint}")
        case "missing":
            problems.add(
                parsed.file, parsed.position(where[:-1]), f"{dotted(where[:-1])}: field '{location[-1]}' is missing"
            )
        case "value_error":
            message = str(item["ctx"]["error"])
            prefix = _FIELD_PREFIX.match(message)
            if prefix and not location:  # a model-level refusal that names its field
                where = (*path, {"source": "from"}.get(prefix[1], prefix[1]))
                message = message[prefix.end() :]
            problems.add(parsed.file, parsed.position(where), f"{dotted(where)}: {message}")
        case "enum" | "literal_error":
            allowed = re.findall(r"'([^']*)'", str(item["ctx"].get("expected", "")))
            hint = nearest(str(item["input"]), allowed)
            problems.add(
                parsed.file, parsed.position(where), f"{dotted(where)}: unknown word '{_shown(item['input'])}'{hint}"
            )
        case _:
            words = item["msg"][0].lower() + item["msg"][1:]
            problems.add(
                parsed.file, parsed.position(where), f"{dotted(where)}: {words}, got '{_shown(item['input'])}'"
            )


def _fields_at(model: type[BaseModel], location: Path) -> list[str]:
    current: Any = model
    for part in location:
        field = getattr(current, "model_fields", {}).get(part) if isinstance(part, str) else None
        annotation = getattr(field, "annotation", None)
        inner = [annotation, *getattr(annotation, "__args__", ())] if annotation is not None else []
        current = next((a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)), current)
    hidden = {"company", "metric", "dimensions"} if current is model else set()
    return [f.alias or name for name, f in current.model_fields.items() if name not in hidden]


def _some_fields(model: type[BaseModel]) -> str:
    return ", ".join(_fields_at(model, ())[:4])


def _kind(data: Any) -> str:  # noqa: ANN401
    if isinstance(data, list):
        return "a list"
    return "nothing" if data in (None, "") else f"'{_shown(data)}'"


def _shown(value: Any) -> str:  # noqa: ANN401
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"
