"""PDFium knows no threads: who asks it for anything, a page or its end, holds this lock meanwhile.

with opened(data) as document: ...          from opening to closing, for what is short
with ALONE: page.render(...)                for what goes on with an open document between
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import RLock

import pypdfium2

ALONE = RLock()


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A document that nobody else looks at meanwhile."""
    with ALONE, closing(pypdfium2.PdfDocument(data)) as document:
        yield document
