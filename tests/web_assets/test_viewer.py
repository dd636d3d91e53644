"""The diagram viewer in a real browser, under the security policy of the pages."""

import json
from itertools import pairwise

import pytest
from werkzeug.wrappers import Request, Response

from casework.config import ROOT

STATIC = ROOT / "build" / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

SHAPES = [
    ("start", 150, 118, 36, 36),
    ("registrer", 240, 96, 120, 80),
    ("vurder", 420, 96, 120, 80),
    ("slut", 600, 118, 36, 36),
]
DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="d" targetNamespace="urn:test">
<bpmn:process id="p"><bpmn:startEvent id="start"/><bpmn:userTask id="registrer" name="Registrér henvendelse"/>
<bpmn:userTask id="vurder" name="Vurdér barnets sikkerhed"/><bpmn:endEvent id="slut"/></bpmn:process>
<bpmndi:BPMNDiagram id="tegning"><bpmndi:BPMNPlane id="plan" bpmnElement="p">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>""".format(
    shapes="".join(
        f'<bpmndi:BPMNShape id="s_{name}" bpmnElement="{name}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
        for name, x, y, width, height in SHAPES
    )
)
PAGE = """<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Forløb</title>
<link rel="stylesheet" href="/static/{css}"><link rel="stylesheet" href="/static/{viewer_css}">
<script type="module" src="/static/{viewer}"></script></head><body><main class="sg-page"><h1>Forløb</h1>
<div class="sg-dia" tabindex="0" role="region" aria-label="Forløbet som tegning" data-diagram="{source}"
 data-done="start registrer" data-current="vurder" data-overdue="vurder væk"
 data-failed="Tegningen kan ikke vises." data-zoom-in="Større"
 data-zoom-out="Mindre" data-fit="Hele tegningen">{inline}</div></main></body></html>"""


@pytest.fixture
def shown(page, serve):
    """Open a page with a diagram; gives the page when the viewer has drawn or given up."""
    manifest = json.loads((STATIC / "manifest.json").read_text())
    violations = []
    page.on("console", lambda said: violations.append(said.text) if "Content Security Policy" in said.text else None)

    def show(source="/p.bpmn", inline=""):
        html = PAGE.format(
            css=manifest["sagsgang.css"],
            viewer_css=manifest["viewer.css"],
            viewer=manifest["viewer.js"],
            source=source,
            inline=inline,
        )
        page.goto(serve(_site(html)) + "/")
        page.wait_for_selector("[data-ready]")
        return page

    yield show
    assert not violations


def _site(html):
    @Request.application
    def site(request):
        if request.path.startswith("/static/"):
            file = STATIC / request.path.removeprefix("/static/")
            response = Response(file.read_bytes(), content_type=KINDS[file.suffix])
        elif request.path == "/p.bpmn":
            response = Response(DIAGRAM, content_type="application/xml")
        else:
            found = request.path == "/"
            response = Response(html if found else "", 200 if found else 404, content_type="text/html")
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        return response

    return site


def _classes(page, element):
    return page.get_attribute(f'.djs-element[data-element-id="{element}"]', "class")


def test_draws_the_diagram_and_marks_its_steps(shown):
    page = shown()

    assert page.get_attribute("[data-diagram]", "data-ready") == "true"
    assert "sg-is-done" in _classes(page, "registrer")
    assert "sg-is-current sg-is-overdue" in _classes(page, "vurder")
    assert "sg-is" not in _classes(page, "slut")


def test_reads_a_diagram_that_stands_in_the_page(shown):
    page = shown(source="", inline=f'<script type="application/bpmn+xml">{DIAGRAM}</script>')

    assert page.is_visible('.djs-element[data-element-id="vurder"]')


def test_has_a_name_and_no_violation_and_keeps_the_mark_of_its_makers(shown, axe):
    page = shown()

    assert page.get_attribute(".djs-container svg", "aria-label") == "Forløbet som tegning"
    assert page.is_visible(".bjs-powered-by")
    assert axe() == []


def test_moves_and_zooms_by_keyboard_and_by_buttons(shown):
    page = shown()
    places = [_place(page)]

    page.focus("[data-diagram]")
    for key in ("ArrowRight", "+", "0"):
        page.keyboard.press(key)
        places.append(_place(page))
    page.click("text=−")
    places.append(_place(page))

    assert all(one != other for one, other in pairwise(places))


def _place(page):
    return page.get_attribute(".viewport", "transform")


def test_says_so_when_there_is_nothing_to_draw(shown):
    page = shown(source="/findes-ikke.bpmn")

    assert page.get_attribute("[data-diagram]", "data-ready") == "failed"
    assert page.inner_text("[data-diagram]") == "Tegningen kan ikke vises."
