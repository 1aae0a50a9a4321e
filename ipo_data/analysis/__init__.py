"""Analysis: from facts to data points, derived figures, verdicts and models."""
