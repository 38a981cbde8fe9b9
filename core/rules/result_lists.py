"""All lists that follow from a year's results, in the order in which they are shown."""

from core.model.result_list import ResultList
from core.rules.award_list import award_list
from core.rules.decision_list import decision_list
from core.rules.edge_list import edge_list
from core.rules.member_lists import apart_list, support_list
from core.rules.result_findings import ResultFindings
from core.rules.tie_list import tie_list
from core.rules.year_list import year_list


def result_lists(found: ResultFindings) -> tuple[ResultList, ...]:
    """Each of them once."""
    makers = (edge_list, tie_list, award_list, support_list, apart_list, year_list, decision_list)
    return tuple(make(found) for make in makers)
