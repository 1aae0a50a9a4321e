"""What Word and PowerPoint files have in common: properties, the manifest inside, and bytes that are the same twice."""

import io
from typing import Any

from ipo_data.export.packs.archive import repacked
from ipo_data.export.packs.embedded import add_manifest
from ipo_data.export.packs.manifest import manifest_of, manifest_text
from ipo_data.export.packs.material import Memo, visible


def finished(file: Any, memo: Memo) -> bytes:  # noqa: ANN401 - neither library carries types
    """Return a document or presentation as bytes, with its properties and the manifest that leads back to the views.

    Args:
        file: The document of python-docx or the presentation of python-pptx, written to its end.
        memo: What it holds.
    """
    properties = file.core_properties
    properties.title, properties.author = visible(memo.spec.title)[:255], ""
    properties.last_modified_by, properties.comments = "", ""
    properties.keywords = " ".join(item.code for item in memo.exhibits)[:255]
    properties.subject = visible(memo.as_of)[:255]
    properties.language = memo.spec.language
    properties.created = properties.modified = memo.made
    properties.revision = 1
    add_manifest(file.part, manifest_text(manifest_of(memo)))
    buffer = io.BytesIO()
    file.save(buffer)
    return repacked(buffer.getvalue(), memo.made)
