"""Pages of forms for tests: the real templates in a bare page, and what a browser would post of them."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html as lxml_html
from markupsafe import Markup

from casework.config import ROOT
from casework.i18n import Message

PAGE = """{% from "form/form.html" import sections with context %}
{% from "form/summary.html" import error_summary, clash_summary with context %}<!doctype html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>Prøve</title><style>{{ styles }}</style></head>
<body><main id="indhold" class="sg-page sg-page--form"><h1>{{ view.title }}</h1>
{% if view.errors %}{{ error_summary(view) }}{% elif view.clashes %}{{ clash_summary(view) }}{% endif %}
<form class="sg-form" method="post" novalidate aria-label="{{ view.title }}">{{ sections(view) }}</form></main></body></html>"""


def rendered(view, language="da", styles=""):
    """The page as HTML."""
    return page_in(language).render(view=view, language=language, styles=Markup(styles))  # noqa: S704  our own style sheet


@cache
def page_in(language):
    folder = FileSystemLoader(ROOT / "api" / "web" / "templates")
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined)
    environment.globals["_"] = lambda text, **values: said(text, values, language)
    return environment.from_string(PAGE)


def said(text, values, language):
    return (text if isinstance(text, Message) else Message(text, values)).text(language)


def posted(html):
    """The names and values that a browser posts when a button without a name is pressed."""
    (found,) = lxml_html.fromstring(html).forms
    fields = {}
    for name, value in found.form_values():
        fields.setdefault(name, []).append(value)
    return fields
