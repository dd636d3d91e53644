"""A case of many years costs its page as many statements as a new one."""

from casework.queries.case_page import case_page
from tests.operations.test_cost import Counted
from tests.queries.long_case import grow_old

#: One for each kind of thing on the page.
MOST = 30


def counted(cast):
    case_page(cast.mette, cast.case_id)  # reads definitions and forms for the first time
    with Counted() as counted:
        case_page(cast.mette, cast.case_id)
    return counted.statements


def test_the_page_takes_as_many_statements_however_long_the_case_has_lived(cast):
    grow_old(cast.case_id, years=1)
    young = counted(cast)

    grow_old(cast.case_id, years=3)

    assert counted(cast) == young
    assert len(young) <= MOST, "\n".join(young)
