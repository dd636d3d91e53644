"""A process draft played many times by chance, beside the released version: lateness of each deadline, work of each unit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.chart import WHOLE, Chart, Label, Piece, Stroke
from api.web.figures import figure
from api.web.pictures import Picture
from api.web.refusals import refused
from api.web.words import say
from casework.errors import InvalidError
from casework.i18n import message
from casework.queries.process_drafts.draft_head import draft_head
from casework.tables import Column, Kind
from casework.try_out.chances import MINUTES, RUNS, chances, span_said

if TYPE_CHECKING:
    from casework.studio.simulation import DeadlineSum
    from casework.try_out.chances import Chances

#: So many rules are drawn: those that come first in the table.
MOST_DRAWN = 10
#: Down: a line of words, a bar, the room below a rule.
LINE, BAR, GAP = 18, 12, 16
USUAL_RUNS, USUAL_SEED = 200, 1


@blueprint.get("/process-drafts/<uuid:process_draft_id>/chances")
@needs_sign_in
def chances_page(process_draft_id: UUID) -> str | tuple[str, int]:
    """`?runs=`, `?seed=` (the same gives the same), `?minutes=` that a task is assumed to take of somebody's own time."""
    back = None
    try:
        made = _made(process_draft_id)
    except InvalidError as error:
        back, made = refused("chances", error), chances(actor(), process_draft_id, runs=USUAL_RUNS, seed=USUAL_SEED)
    page = render_template(
        "workshop/chances.html",
        head=draft_head(actor(), process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        made=made,
        choices=RUNS,
        picture=_picture(made),
        share=_share,
        between=_between,
        span=span_said,
        refused=back,
    )
    return (page, back.status) if back else page


@blueprint.app_template_filter("decimal")
def decimal(number: float) -> str:
    """With one decimal, as the reader's language writes it."""
    return figure(Decimal(str(round(number, 1))), Kind.DAYS)


def _made(process_draft_id: UUID) -> Chances:
    asked = request.args
    return chances(
        actor(),
        process_draft_id,
        runs=asked.get("runs", USUAL_RUNS, type=int),
        seed=asked.get("seed", USUAL_SEED, type=int),
        minutes=asked.get("minutes", MINUTES, type=int),
    )


def _share(part: float) -> str:
    """Whole per cents: more would pretend to know."""
    return f"{round(part * 100)} %"


def _between(one: DeadlineSum) -> str:
    return f"{round(one.low * 100)}–{round(one.high * 100)} %"


def _picture(made: Chances) -> Picture | None:
    """Two bars for each rule, with how far the true share may lie from what was drawn."""
    drawn = [one for one in made.deadlines if one.draft or one.released][:MOST_DRAWN]
    if not drawn:
        return None
    pieces: list[Piece] = []
    labels: list[Label] = []
    strokes: list[Stroke] = []
    top = 0
    for one in drawn:
        labels.append(Label(0, top + LINE - 4, say(one.name)))
        told = [_share(each.late) for each in (one.draft, one.released) if each]
        labels.append(Label(WHOLE, top + LINE - 4, " · ".join(told), "end"))
        top += LINE
        for each, tone in ((one.draft, "overdue"), (one.released, "neutral")):
            if each is not None:
                pieces += [Piece(0, WHOLE, top, BAR, "base", ""), _bar(each, top, tone)]
                middle = top + BAR / 2
                strokes.append(Stroke(round(each.low * WHOLE, 2), middle, round(each.high * WHOLE, 2), middle))
                top += BAR + 2
        top += GAP
    legend: tuple[tuple[str, Column], ...] = (("overdue", Column("draft", message("The draft"), Kind.PERCENT)),)
    if made.released:
        legend += (("neutral", Column("released", message("The released version"), Kind.PERCENT)),)
    return Picture(
        id="late",
        title=message("Share that is late, by deadline"),
        about=message("Bars of the draft and of the released version. The figures stand in the table below."),
        chart=Chart(top - GAP, tuple(pieces), tuple(labels), legend, (), tuple(strokes)),
        caption=message("The line through a bar shows between which shares the true one lies, 95 times of 100."),
    )


def _bar(one: DeadlineSum, top: float, tone: str) -> Piece:
    return Piece(0, round(one.late * WHOLE, 2), top, BAR, tone, _share(one.late))
