"""What a caseworker's page weighs when nothing of it is there yet: all that travels, fonts, scripts and pictures too."""

from __future__ import annotations

from api.compression import FEWEST_BYTES

#: Thousands of bytes, packed, without what HTTP says around them.
MOST, MOST_WITH_DIAGRAM = 60, 130


class Scales:
    """Weighs what comes for a page, by the browser's own account, with an empty cache."""

    def __init__(self, person):
        self.person, self.heads, self.came = person, {}, {}
        network = person.context.new_cdp_session(person.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        network.on("Network.responseReceived", lambda got: self._began(got["requestId"], got["response"]))
        network.on("Network.loadingFinished", lambda got: self._ended(got["requestId"], got["encodedDataLength"]))

    def kilobytes(self, path):
        self.came.clear()
        self.person.open(path)
        self.person.page.wait_for_load_state("networkidle")
        return sum(self.came.values()) / 1000

    def _began(self, request, response):
        self.heads[request] = response["encodedDataLength"]

    def _ended(self, request, size):
        self.came[request] = max(0, size - self.heads[request])


def test_a_caseworkers_pages_are_light(person, emil):
    scales = Scales(person("mette"))
    pages = ["/", "/cases", f"/tasks/{emil.task_id}", f"/cases/{emil.case_id}/journal", "/handoffs"]

    weighed = {path: scales.kilobytes(path) for path in pages}
    with_diagram = scales.kilobytes(f"/cases/{emil.case_id}")

    assert all(30 < found <= MOST for found in weighed.values()), weighed
    assert MOST < with_diagram <= MOST_WITH_DIAGRAM


def test_answers_are_packed_for_who_can_unpack_them(visitor):
    mette = visitor("mette")

    packed = mette.get("/", headers={"Accept-Encoding": "gzip, br"})
    plain = mette.get("/")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert FEWEST_BYTES < len(packed.data) < len(plain.data) / 2


def test_files_lie_ready(visitor):
    nobody = visitor()
    page = nobody.get("/sign-in").text
    style = next(one for one in page.split('"') if one.endswith(".css"))

    as_brotli = nobody.get(style, headers={"Accept-Encoding": "gzip, br"})
    as_gzip = nobody.get(style, headers={"Accept-Encoding": "gzip"})

    assert as_brotli.headers["Content-Encoding"] == "br"
    assert as_gzip.headers["Content-Encoding"] == "gzip"
    assert len(as_brotli.data) < len(as_gzip.data)
    as_brotli.close()
    as_gzip.close()


def test_no_two_answers_are_packed_into_as_many_bytes(visitor):
    """How well a page packs must not tell what stands in it."""
    mette = visitor("mette")

    sizes = {len(mette.get("/cases", headers={"Accept-Encoding": "gzip"}).data) for _ in range(12)}

    assert len(sizes) > 1
