"""Which contents of the vault belong to something else than attachments."""

from collections.abc import Mapping

from core.model.certificate_form import OwnForm
from core.model.finding import Find
from core.model.written_document import IssuedPaper
from core.ports import Reading
from core.rules.certificate_content import digests_in


def kept_for_papers(view: Reading) -> Mapping[str, str]:
    """What issued PDFs, the forms that certificates were printed on and their scans are, by digest."""
    papers = view.values(IssuedPaper, ("digest", "content", "title"), Find())
    kept = dict.fromkeys((each.underlay for each in view.all(OwnForm)), "证书底图")
    kept |= {digest: "发证时的版式或底图" for _, content, _ in papers for digest in digests_in(content)}
    kept |= {digest: f"“{title}”留存的 PDF" for digest, _, title in papers}
    return {digest: what for digest, what in kept.items() if digest}
