"""Launcher: `streamlit run app.py` or `uvicorn app:app`. The main script is pages/shell/router.py."""

from pathlib import Path

import streamlit as st

from pages.shell.start_up import ROUTES, lifespan

app = st.App(Path(__file__).resolve().parent / "pages" / "shell" / "router.py", lifespan=lifespan, routes=ROUTES)
