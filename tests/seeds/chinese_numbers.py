"""Numbers as articles print them, in digits or in Chinese: what a printed figure can stand for."""

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = {
    c: n for n, row in enumerate(["零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"]) for c in row
}
SMALL: Final = {"十": 10, "百": 100, "千": 1_000}
LARGE: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
ORDINALS: Final = {"首個": 1, "首个": 1, "僅次于": 2, "仅次于": 2, "僅次於": 2}
"""Words that give a rank without a number: first of its kind, second only to."""

_NUMERAL = f"[{''.join(DIGITS)}{''.join(SMALL)}{''.join(LARGE)}]"
_PRINTED = re.compile(rf"-?\d[\d,]*(?:\.\d+)?\s*{_NUMERAL}*|{_NUMERAL}+")


def chinese_number(text: str) -> Decimal:
    """Return the value of a Chinese numeral such as ``两``, ``二十三``, ``一百万``, ``千億`` or ``萬億``."""
    total, section, digit = 0, 0, 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in SMALL:
            section, digit = section + (digit or 1) * SMALL[character], 0
        else:
            part, digit = section + digit, 0
            unit, section = LARGE[character], 0
            total = (total + (part or (0 if total else 1))) * unit if unit > total else total + part * unit
    return Decimal(total + section + digit)


def numbers_in(printed: str) -> list[Decimal]:
    """Return every number a printed figure holds, in order: ``5343.7 万美元`` → 53,437,000."""
    found = [Decimal(value) for word, value in ORDINALS.items() if word in printed]
    for match in _PRINTED.finditer(printed):
        digits = re.match(r"-?[\d,]+(?:\.\d+)?", match[0])
        if digits is None:
            found.append(chinese_number(match[0]))
            continue
        scale = match[0][digits.end() :].strip()
        found.append(Decimal(digits[0].replace(",", "")) * (chinese_number(scale) if scale else 1))
    return found
