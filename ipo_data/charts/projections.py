"""Projected liquidity: scenario lines and tornados; all of it scenario, none of it forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, log10
from typing import Any, Final

from ipo_data.charts.drawing import Drawing
from ipo_data.charts.rows import SIDES, scale, text_width
from ipo_data.charts.theme import Look, axis, blank, figure, line_key, note, panel_title, panels, tint

_DATE_STEPS: Final = ((14, "M3", ""), (30, "M6", ""), (84, "M12", "%Y"), (inf, "M24", "%Y"))
"""Most months of a panel, steps between its dates, and how they are written if not as a month."""

_TORNADO: Final = 760
"""Least width of a tornado with its rows' words to the left."""
_BESIDE: Final = 0.75
"""Share of its colour that a scenario beside the chosen one has: thin and dashed, it has to stay visible."""
_DASHES = {
    "flat": "dot",
    "base": "solid",
    "bull": "dash",
    "bear": "dashdot",
    "stress": "longdash",
    "wide": "solid",
    "own": "solid",
}


@dataclass(frozen=True, slots=True)
class Path:
    """Liquidity of one scenario of one company, month by month.

    Attributes:
        scenario: Scenario id, for the line style.
        label: Words at the line's end.
        dates: Month ends as ISO dates.
        values: Liquidity in base units.
        strong: Whether it is the chosen scenario.
    """

    scenario: str
    label: str
    dates: tuple[str, ...]
    values: tuple[float, ...]
    strong: bool


def scenario_lines(paths: dict[str, list[Path]], look: Look, units: dict[str, str]) -> Drawing:
    """Return one panel per company with a line per scenario down to zero.

    Args:
        paths: Paths by company id.
        look: Theme, words and companies.
        units: Currency by company id.
    """
    names = [name for name in look.companies if paths.get(name)]
    if not names:
        return blank(look, look.words("chart.nothing"))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    for number, (name, domain) in enumerate(zip(names, panels(len(names), 0.17), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        style = look.companies[name]
        notes.append(panel_title(look, style.name, style.text_color, number))
        top = max(max(path.values) for path in paths[name])
        traces += [_line(path, look, name, suffix, units[name]) for path in paths[name]]
        layout |= money_axes(
            look, suffix, domain, top, units[name], months=max(len(path.dates) for path in paths[name])
        )
        layout[f"legend{suffix}"] = line_key(look, domain[1])
    margin = {"l": 8, "r": 8, "t": 44, "b": 8}
    return figure(
        look, traces, height=400, room=760, annotations=notes, margin=margin, showlegend=True, **layout
    )  # fmt: skip


def _line(path: Path, look: Look, name: str, suffix: str, unit: str) -> dict[str, Any]:
    style = look.companies[name]
    hover = [f"{look.when(day)}: {look.write(value, unit)}" for day, value in zip(path.dates, path.values, strict=True)]
    color = style.color if path.strong else tint(style.color, _BESIDE, look.theme)
    line = {"color": color, "width": 3 if path.strong else 1.6, "dash": _DASHES.get(path.scenario, "solid")}
    return {
        "type": "scatter", "mode": "lines", "x": list(path.dates), "y": drawn(path.values), "line": line, "text": hover,
        "hovertemplate": f"{path.label}<br>%{{text}}<extra></extra>", "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "name": f"<b>{path.label}</b>" if path.strong else path.label, "legend": f"legend{suffix}",
    }  # fmt: skip


def drawn(values: Sequence[float]) -> list[float]:
    """Return values to seven digits, far finer than any screen: half as long in messages and files."""
    return [float(f"{value:.7g}") for value in values]


def money_axes(
    look: Look, suffix: str, domain: list[float], top: float, unit: str, *, months: int
) -> dict[str, Any]:  # fmt: skip
    """Return the axes of one panel: dates over so many months, and money from zero."""
    ticks = _round_steps(top)
    month = "%b %Y" if look.words.language == "en" else "%Y-%m"
    step, written = next((s, w) for most, s, w in _DATE_STEPS if months <= most)
    xaxis = axis(
        look.theme, domain=domain, anchor=f"y{suffix}", type="date", showgrid=False, tickformat=written or month,
        dtick=step,
    )  # fmt: skip
    yaxis = axis(
        look.theme, anchor=f"x{suffix}", range=[0, top * 1.06], tickvals=ticks,
        ticktext=[look.tick(tick, unit) for tick in ticks], zeroline=True, zerolinewidth=2,
    )  # fmt: skip
    return {f"xaxis{suffix}": xaxis, f"yaxis{suffix}": yaxis}


def _round_steps(top: float) -> list[float]:
    """Return round amounts from zero to the top, at most five steps apart: 0, 250m, 500m, 750m, 1bn."""
    if top <= 0:
        return [0.0]
    power = 10.0 ** floor(log10(top))
    step = next(part * power / 10 for part in (1, 2, 2.5, 5, 10, 20, 25, 50) if top / (part * power / 10) < 5)
    return [step * place for place in range(int(top / step + 1e-9) + 1)]


@dataclass(frozen=True, slots=True)
class Swing:
    """One row of a tornado: the outcome at the adverse and at the favourable value of an input."""

    label: str
    adverse: float
    favourable: float
    adverse_text: str
    favourable_text: str


def tornado_bars(swings: list[Swing], base: float, look: Look, company: str) -> Drawing:
    """Return months of runway gained and lost per input, widest first, around the chosen scenario."""
    if not swings:
        return blank(look, look.words("chart.nothing"))
    color = look.companies[company].color
    ordered = sorted(swings, key=lambda swing: abs(swing.favourable - swing.adverse))
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for height, swing in enumerate(ordered):
        dark, light = tint(color, 1.0, look.theme), tint(color, 0.4, look.theme)
        for value, text, fill in (
            (swing.adverse, swing.adverse_text, dark), (swing.favourable, swing.favourable_text, light),
        ):  # fmt: skip
            written = look.write(value, "months")
            hover = f"{swing.label}<br>{text}: {written}<extra></extra>"
            traces.append({
                "type": "bar", "orientation": "h", "y": [height], "x": [value - base], "base": [base], "width": [0.6],
                "marker": {"color": fill, "line": {"width": 1, "color": color}}, "hovertemplate": hover,
            })  # fmt: skip
            side = {"xanchor": "right", "xshift": -6} if value < base else {"xanchor": "left", "xshift": 6}
            words = f"<b>{written}</b>" if look.narrow else f"<b>{written}</b> {_at(text, look)}"
            notes.append(note(look, words, value, height, **side, font={"size": 12, "color": look.palette.text}))
    return _tornado(ordered, base, look, traces, notes)


def _heading(swing: Swing, look: Look) -> str:
    """Return a row's words; in a narrow window the two values of the input stand here, not beside the bars."""
    both = f"{swing.adverse_text}\u00a0|\u00a0{swing.favourable_text}"  # no line ends between the two
    return f"{swing.label} · {both}" if look.narrow else swing.label


def _at(value: str, look: Look) -> str:
    """Return the value of the input in small print; brackets would make it look negative."""
    return f"<span style='font-size:11px'>{look.words('chart.at', value=value)}</span>"


def _tornado(
    swings: list[Swing], base: float, look: Look, traces: list[dict[str, Any]], notes: list[dict[str, Any]]
) -> Drawing:
    """Return the figure with room for words on both sides and a rule at the chosen scenario's months."""
    labels = [_heading(swing, look) for swing in swings]
    room = _TORNADO - SIDES - max(map(text_width, labels))
    rule = {
        "type": "line", "x0": base, "x1": base, "y0": -0.5, "y1": len(swings) - 0.5,
        "line": {"color": look.palette.zero, "width": 2},
    }  # fmt: skip
    yaxis = axis(
        look.theme, tickvals=list(range(len(swings))), ticktext=labels, showgrid=False, showline=False,
        tickfont={"size": 12, "color": look.palette.text},
    )  # fmt: skip
    return figure(
        look, traces, height=34 * len(swings) + 40, room=_TORNADO, annotations=notes, barmode="overlay", yaxis=yaxis,
        shapes=[rule],
        xaxis=axis(
            look.theme, range=scale(_beside(notes), room), showticklabels=False, showgrid=False, showline=False
        ),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )  # fmt: skip


def _beside(notes: list[dict[str, Any]]) -> list[tuple[float, float, float]]:
    """Return the end of every bar with the pixels that its words take on their side."""
    found = []
    for words in notes:
        pixels = text_width(words["text"]) + abs(words["xshift"])
        found.append((words["x"], pixels, 0.0) if words["xanchor"] == "right" else (words["x"], 0.0, pixels))
    return found
