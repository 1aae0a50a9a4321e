"""Evidence that the tests of the analysis share, computed once."""

import pytest

from ipo_data.dataset import Dataset
from tests.analysis.figures import Figures


@pytest.fixture(scope="session")
def everything(dataset: Dataset) -> Figures:
    """All documents."""
    return Figures(dataset)


@pytest.fixture(scope="session")
def articles(dataset: Dataset) -> Figures:
    """The five articles alone."""
    return Figures(dataset.restricted(lambda source: source.collection == "articles"))
