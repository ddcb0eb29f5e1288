"""One report with one statement, for what keeps them."""

from conftest import report_of
from onrecord.ids import make_id
from onrecord.parsing import evidence
from onrecord.types import Hop, Report, Speaker, Statement, When

REPORT = report_of("“Nobody sails,” the guild told the Harbour Daily. The café was shut.")


def made_by(_: object) -> str:
    return "test 1"


def statement(report: Report = REPORT) -> Statement:
    return Statement(
        id=make_id("statement", report.id),
        report=report.id,
        source=(evidence(report, 16, 25),),
        cue=(evidence(report, 26, 30),),
        content=(evidence(report, 1, 13),),
        speaker=Speaker("Ferry Guild", actor="entity-1"),
        voiced=True,
        act="say",
        mode="direct",
        hedge=None,
        said=When(),
        chain=(Hop("Harbour Daily", None, (evidence(report, 35, 48),)),),
        about=("entity-1", "entity-2"),
    )
