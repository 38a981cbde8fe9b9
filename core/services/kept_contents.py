"""Which contents of the vault belong to something else than attachments."""

from core.model.certificate_form import OwnForm
from core.model.finding import Find
from core.model.written_document import IssuedPaper
from core.ports import Reading
from core.rules.certificate_content import digests_in


def kept_for_papers(view: Reading) -> frozenset[str]:
    """The digests of issued PDFs, of the forms that certificates were printed on, and of their scans."""
    papers = view.values(IssuedPaper, ("digest", "content"), Find())
    forms = (digest for _, content in papers for digest in digests_in(content))
    scans = (each.underlay for each in view.all(OwnForm))
    return frozenset((*(digest for digest, _ in papers), *forms, *scans)) - {""}
