"""Launcher: `streamlit run app.py` or `uvicorn app:app`. The main script is pages/shell/router.py."""

from pathlib import Path

import streamlit as st

from pages.server.log import on_script_error
from pages.server.stack import layers
from pages.shell.start_up import ROUTES, lifespan

app = st.App(
    Path(__file__).resolve().parent / "pages" / "shell" / "router.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=layers(),
    on_script_error=on_script_error,
)
