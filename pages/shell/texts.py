"""Labels of codes."""

from ipo_data.text.catalog import Words


def code_label(say: Words, group: str, code: str) -> str:
    """Return the label of a code, e.g. ``currency.USD``; the code itself if it has none."""
    key = f"{group}.{code}"
    return say(key) if say.has(key) else code
