"""The base of every record: immutable, closed and strict."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A validated, immutable record.

    Unknown fields are refused (a misspelt key must not vanish), values are never coerced
    (the text ``"1.50"`` keeps its digits), and instances are frozen and hashable.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
