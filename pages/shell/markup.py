"""HTML that is sent as it stands."""


class Markup(str):
    """HTML of constant and escaped parts, for ``st.html``.

    Any other text Streamlit takes for the name of a file first, and then looks for its indentation, in every rerun.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return self
