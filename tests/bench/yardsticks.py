"""Two other apps to compare with: an empty page, and four charts of the same figures written the common way."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

from ipo_data.dataset import Dataset
from tests.serving import ROOT, Server, serve

TUNED_APP = """
import gc
from contextlib import asynccontextmanager
from pathlib import Path
import streamlit as st

@asynccontextmanager
async def lifespan(app):
    gc.collect()
    gc.freeze()
    yield {}

app = st.App(Path(__file__).parent / "main.py", lifespan=lifespan)
"""
"""Serves ``main.py`` beside it with the memory of the start frozen, as our own app does."""
_COMMON_WAY = """
import pandas as pd
import plotly.express as px
import streamlit as st

@st.cache_data
def figures():
    return pd.read_csv("figures.csv")

share = st.slider("burn", 10, 300, 100, 10)
data = figures()
revenue = data[data.metric == "revenue"]
for column, (name, rows) in zip(st.columns(2), revenue.groupby("company")):
    column.metric(name, rows.value.iloc[-1] * share / 100)
st.plotly_chart(px.bar(revenue, x="period", y="value", color="company", facet_col="company"))
st.plotly_chart(px.line(data[data.metric == "gross_margin"], x="period", y="value", color="company", markers=True))
st.plotly_chart(px.bar(data[data.metric == "mau"], x="period", y="value", color="company"))
st.plotly_chart(px.scatter(data, x="period", y="value", color="metric", facet_col="company"))
st.dataframe(revenue)
"""
"""Four charts of the same figures, a slider and a table, as tutorials show it; Streamlit's settings as they come."""


@contextmanager
def empty_app() -> Iterator[Server]:
    """Serve an empty page with this product's settings and the same care at the start."""
    with tempfile.TemporaryDirectory(prefix="ipo-empty-") as place:
        folder = Path(place)
        copytree(ROOT / ".streamlit", folder / ".streamlit")
        (folder / "app.py").write_text(TUNED_APP, encoding="utf-8")
        (folder / "main.py").write_text("import streamlit as st\n\nst.title('empty')\n", encoding="utf-8")
        with serve(folder) as server:
            yield server


@contextmanager
def common_way() -> Iterator[Server]:
    """Serve four charts of the same figures, written as tutorials do."""
    with tempfile.TemporaryDirectory(prefix="ipo-common-") as place:
        folder = Path(place)
        rows = [
            (fact.company, fact.metric.id, fact.period.label, float(fact.value))
            for fact in Dataset.load().facts
            if fact.metric.id in ("revenue", "gross_margin", "mau")
            and not fact.dimensions
            and fact.period is not None
            and fact.value is not None
        ]
        text = "\n".join(["company,metric,period,value", *(",".join(map(str, row)) for row in rows)])
        (folder / "figures.csv").write_text(text, encoding="utf-8")
        (folder / "app.py").write_text(_COMMON_WAY, encoding="utf-8")
        with serve(folder) as server:
            yield server
