"""Memos: a chosen list of exhibits as a document, slides, a workbook, Markdown and an archive of all of them."""
