"""Texts of the shell that stand in a catalogue under their own id, or under an older one until they do."""

from ipo_data.text.catalog import Words

_INSTEAD = {
    "control.more_evidence": "control.evidence",
    "control.known": "table.published",
    "control.without": "table.document",
    "control.rates": "metric.exchange_rate",
}


def text(say: Words, key: str, otherwise: str = "", /, **values: object) -> str:
    """Return the text of an id, else that of the id used instead, else ``otherwise`` with its placeholders filled."""
    if say.has(key):
        return say(key, **values)
    if key in _INSTEAD:
        return say(_INSTEAD[key], **values)
    return otherwise.format(**values)


def code_label(say: Words, group: str, code: str) -> str:
    """Return the label of a code, e.g. ``currency.USD``; the code itself if it has none."""
    key = f"{group}.{code}"
    return say(key) if say.has(key) else code
