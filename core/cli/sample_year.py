"""`sample-year`: the sample office's whole year into one folder, by the same services as a real one."""

from collections.abc import Callable, Mapping

from core.cli.assessing import outcome_data, result_table, summary
from core.cli.invocation import Invocation
from core.cli.terminal import Answer, progress
from core.model.certificate import CertificateRequest
from core.model.year_papers import YearSet
from core.services.document_opening import Wanted
from core.services.files import write_file, write_files
from core.services.sample import SAMPLE_OFFICE, SAMPLE_YEAR, fill_sample
from core.services.services import Services

WHOLE_SET = "全套文书"


def sample_year(services: Services, call: Invocation) -> Answer:
    """Fill the sample office, compute its year, write results, notice, certificates, and its whole set."""
    fill_sample(services)
    computed = services.assessments.compute(SAMPLE_YEAR)
    certificates = services.certificates.issue(CertificateRequest(year=SAMPLE_YEAR), progress)
    files = {
        "考核结果.xlsx": services.exports.results(computed),
        "考核结果通报.pdf": services.document_issue.paper(Wanted("results-notice", SAMPLE_YEAR)),
        "获奖证书.pdf": certificates.files[0].content,
    }
    for name, content in files.items():
        write_file(call.output / name, content)
    made = services.year_papers.make(services.year_papers.plan(YearSet(SAMPLE_YEAR)), progress)
    papers = [each.file for each in made if each.file]
    write_files(call.output / WHOLE_SET, papers)
    lines = [f"{SAMPLE_OFFICE} {SAMPLE_YEAR} 年度（示例数据，均为虚构）", "", *result_table(computed), ""]
    lines += [*summary(computed), "", f"已在 {call.output} 里写好：{'、'.join(files)}"]
    lines += [f"“{WHOLE_SET}”文件夹里是这一年的 {len(papers)} 种文书、证书和登记簿。"]
    places = [*files, *(f"{WHOLE_SET}/{each.name}" for each in papers)]
    data = {"files": [str(call.output / place) for place in places], **outcome_data(computed)}
    return Answer(data, tuple(lines))


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "sample-year": sample_year,
}
