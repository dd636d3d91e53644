"""Without a mouse: from the inbox through a task to done."""

from __future__ import annotations

from workers.execute import run_ready_jobs


def focused(person):
    return person.page.evaluate("document.activeElement.innerText || document.activeElement.name")


def test_walks_takes_and_opens_the_inbox(person, emil, town):
    mette = person("mette")

    mette.page.keyboard.press("j")
    assert "Registrér henvendelse" in focused(mette)
    with mette.page.expect_navigation():
        mette.page.keyboard.press("t")
    assert mette.title == "Registrér henvendelse"

    mette.open("/")
    mette.page.keyboard.press("j")
    mette.page.keyboard.press("k")
    with mette.page.expect_navigation():
        mette.page.keyboard.press("Enter")
    assert mette.title == "Registrér henvendelse"


def test_finds_by_slash(person, emil):
    mette = person("mette")

    mette.page.keyboard.press("/")
    mette.page.keyboard.type("Lauritsen")
    with mette.page.expect_navigation():
        mette.page.keyboard.press("Enter")

    mette.reads("1 fundet for »Lauritsen«", "Emil Brandt Lauritsen")


def test_letters_in_a_field_are_letters(person, emil):
    mette = person("mette").open("/cases")

    mette.page.focus("#q")
    mette.page.keyboard.type("jkt/")

    assert mette.page.input_value("#q") == "jkt/"


def test_does_a_task_to_the_end(person, emil, town):
    mette = person("mette")
    mette.page.keyboard.press("j")
    with mette.page.expect_navigation():
        mette.page.keyboard.press("Enter")
    mette.fill(underretterType="skole", erUnderretning="ja", erFagperson="ja", foraeldreInformeret="ja", tegn="ingen")

    _tab_to(mette, "[name=bekymring]")
    mette.page.keyboard.type(" Og det bliver ved.")
    _tab_to(mette, "button[value=complete]")
    with mette.page.expect_navigation():
        mette.page.keyboard.press("Enter")

    assert mette.title == "Vurdér barnets sikkerhed"
    run_ready_jobs()


def test_an_error_takes_the_cursor_and_leads_to_its_field(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}").press("Færdig")
    assert "Opgaven er ikke færdig endnu" in focused(mette)

    mette.page.keyboard.press("Tab")
    mette.page.keyboard.press("Enter")
    mette.page.keyboard.press("Tab")

    assert mette.page.evaluate("document.activeElement.closest('.form-error') !== null")


def test_enter_in_a_field_saves_and_does_not_hand_in(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")

    mette.page.focus("[name=underretterNavn]")
    mette.page.keyboard.type("Ditte Holm")
    with mette.page.expect_navigation():
        mette.page.keyboard.press("Enter")

    mette.reads("Gemt. Du kan fortsætte, når du vil")


def test_the_first_tab_skips_to_the_content(person, emil):
    mette = person("mette")

    mette.page.keyboard.press("Tab")

    assert focused(mette) == "Gå til sidens indhold"


#: Whatever can be focused on the page and looks the same when it is.
UNSEEN = """() => {
  const drawn = (one) => [[one, null], [one.labels?.[0], '::before'], [one.labels?.[0], '::after'], [one.labels?.[0], null]]
    .filter(([at]) => at).map(([at, part]) => {
      const style = getComputedStyle(at, part);
      const outline = style.outlineStyle === 'none' ? '0px' : style.outlineWidth;
      return [outline, style.boxShadow, style.borderTopColor, style.borderTopWidth].join(' ');
    }).join(' | ');
  const all = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
  return [...all].filter((one) => one.checkVisibility() && !one.disabled).filter((one) => {
    one.blur();
    const before = drawn(one);
    one.focus({ focusVisible: true });
    return document.activeElement !== one || drawn(one) === before;
  }).map((one) => one.outerHTML.slice(0, 100));
}"""


PLAIN = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { outline: none !important; box-shadow: none !important }');
  document.adoptedStyleSheets.push(sheet);
}"""


def test_what_has_the_focus_is_seen(person, emil):
    mette, karin = person("mette"), person("karin")

    for who, path in [
        *((mette, path) for path in ("/", f"/tasks/{emil.task_id}", f"/cases/{emil.case_id}", "/cases", "/settings")),
        *((karin, path) for path in ("/overview", "/reports/R2")),
    ]:
        who.open(path)
        assert who.page.evaluate(UNSEEN) == [], path
    karin.page.evaluate(PLAIN)
    assert karin.page.evaluate(UNSEEN) != []


#: How many things take their time to change.
MOVING = """() => [...document.querySelectorAll('*')]
  .filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""


def test_who_wants_no_motion_gets_none(person, emil):
    mette = person("mette")
    assert mette.page.evaluate(MOVING) > 0
    mette.page.emulate_media(reduced_motion="reduce")

    for path in ("/", f"/tasks/{emil.task_id}", f"/cases/{emil.case_id}"):
        mette.open(path)
        assert mette.page.evaluate(MOVING) == 0
        assert mette.page.evaluate("document.getAnimations().length") == 0


def _tab_to(person, selector):
    """Press Tab until it has the cursor; the page must not be a trap."""
    for _ in range(200):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")
