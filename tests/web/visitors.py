"""Somebody at the pages without a browser: Flask's test client, with the token that every form needs."""

from __future__ import annotations

import re
from html import unescape
from uuid import NAMESPACE_URL, uuid5

#: Mette's colleague, who is no persona: ids of employees follow from their usernames.
NADIA = uuid5(NAMESPACE_URL, "urn:sagsgang:employee:nadia")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r'(?:href|action|data-diagram)="(/[^"#]*)"')


class Visitor:
    """`get` and `post` give Flask's responses; `post` brings the token of a page of this session."""

    def __init__(self, application, actor=None):
        self.client = application.test_client()
        self._token = None
        if actor:
            with self.client.session_transaction() as session:
                session["employee"] = str(actor.id)

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, data=None, **more):
        return self.client.post(path, data={"csrf_token": self.token, **(data or {})}, **more)

    @property
    def token(self):
        """From the sign-in page for nobody, from the error page for others: every page has the language switch."""
        if self._token is None:
            found = TOKEN.search(self.client.get("/nowhere").text)
            self._token = unescape(found[1])
        return self._token


def links(answer):
    """Every address that a page names."""
    return {unescape(link) for link in LINK.findall(answer.text)}


def fields(answer, form):
    """What the form with this action holds when the page is opened: hidden fields, texts, what is chosen."""
    (inner,) = re.findall(rf'<form[^>]*action="{re.escape(form)}"[^>]*>(.*?)</form>', answer.text, re.DOTALL)
    found = {}
    for tag in re.findall(r"<input[^>]*>", inner):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") not in ("radio", "checkbox") or " checked" in tag:
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', inner, re.DOTALL):
        found[name] = unescape(text)
    return found
