"""Exhibits: every chart and table of the product with its takeaway, notes, claims and source line."""
