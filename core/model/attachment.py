"""Files that belong to records: kept once by content, found again by digest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a record: `name` as it was handed in, `digest` the SHA-256 of its content, `size` in bytes.

    `added_at` is an ISO moment. The content lies in the store's folder of files; several attachments may
    share it.
    """

    id: str
    owner_id: str
    name: str
    digest: str
    size: int
    added_at: str
    caption: str = ""
    version: int = 1
