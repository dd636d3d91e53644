"""What every form of the municipality must be: free of findings, bilingual, and answering to a rule for what it asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from random import Random

import pytest

from casework import forms, law
from casework.forms.component import ASKED, ComponentType
from tests.processes.answers import filled
from tests.processes.project import ROOT, TOLD_FACTS, diagrams, form, form_files, tables

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORKED_OUT = (ComponentType.SEPARATOR, ComponentType.SPACER)
SIGNS_OF_SAFETY = ("F02", "F04", "F08", "F20", "F23")
#: Domain reference E.7: the fields that the law or the municipality demands, by form.
DEMANDED = {
    "F01": "modtagetTid kanal underretterType underretterNavn underretterKontakt erFagperson barnCpr barnNavn foedselsdato "
    "foraeldre soeskende beskyttetAdresse tolk bekymring fungerer gjort foraeldreInformeret fravaerSamlet "
    "fravaerUlovligt fravaerPeriode opsporingsmodel kendskabsDato bilag",
    "F02": "sikkerhedsSkala akutBehov begrundelse haandtering overgreb aeresrelateret bekymrer fungerer skalSke vurderetTid",
    "F02b": "tid sted deltagere setHoert barnetsOrd beslutning sikkerhedsplan opfoelgning",
    "F02c": "mistanke politianmeldelse journalnummer boernehusTid orienteringForaeldre beskyttelse",
    "F02d": "trusler maaKontaktes maaIkkeKontaktes sikkerVej raadgivning konklusion",
    "F03": "modtager datoModtaget referencenummer kontaktperson standardtekst",
    "F04": "deltagere bisidderTilbudt bekymrer fungerer skalSke skala ressourcer foraeldresKrav frivilligTilbud naeste",
    "F05": "problemstilling kompleksitet funktionsnedsaettelse spor begrundelse samtaleMedBarn ressourcer indsatsNu",
    "F05b": "netvaerk netvaerk.*.navn netvaerk.*.relation netvaerk.*.betydning netvaerk.*.opgave netvaerk.*.barnetsOrd",
    "F06": "forhold fagpersoner fund barnetsSyn foraeldresSyn konklusion",
    "F07": "grundlag samtykke frist undersoegelsesplan",
    "F08": "udvikling familieforhold skole pprVurdering sundhed fritid andre netvaerk ressourcer bekymrer fungerer skalSke "
    "analyse evidens barnetsHoldning foraeldresHoldning konklusion begrundelse foreslaaetStoette kanAfhjaelpes",
    "F09": "dato sted deltagere foraeldreTilStede foraeldreGrund bisidderTilbudt bisidderNavn barnetsOrd oensker "
    "forstaaelse undladt",
    "F11": "afgoerelse paragraf begrundelse formaal varighed mindstIndgribende vidensgrundlag",
    "F13": "maal maal.*.indikator maal.*.maaldato elementer elementer.*.type elementer.*.leverandoer elementer.*.egenEkstern "
    "elementer.*.eksternGrund elementer.*.start elementer.*.slut elementer.*.enhedspris elementer.*.pris samletPris "
    "budgetkonto alternativerOvervejet mindstIndgribende indsatsrampeTrin nedtrapningsskitse risikoSammenbrud modtraek "
    "deltagendeAfdelinger barnetsTilslutning foraeldresTilslutning",
    "F15": "klassetrin fagligtStandpunkt fravaer trivsel stoettebehov hensyn barnetsOrd foreslaaetSkoletilbud",
    "F15i": "aktivPPRsag undervisningspligtig nuvaerendeSkole",
    "F15p": "vurdering ppv",
    "F15s": "skoletilbud skole indskrivningsdato noedundervisning",
    "F17": "undersoegelseVedlagt betingelser foraeldrekompetencer planVedlagt stoette barnetsHoldning foraeldrehandleplan "
    "foraeldreplanGrund soeskendeUnder15 soeskendeGrund genbehandlingsfrist",
    "F17m": "deltog talte beslutning stemmerFor stemmerImod begrundelse naesteGenbehandling",
    "F30": "start grund timer ophoer slut",
    "F30u": "timer status fortsaet",
    "F33": "modtagetDato klager afgoerelse uenig afgoerelseModtaget rettidig",
    "F25": "navn afdeling kontakt mandat ungInformeret",
    "F26": "uddannelse job oekonomi bolig sundhed relationer fritid ungesOrd handlinger handlinger.*.hvad handlinger.*.hvem "
    "handlinger.*.hvornaar netvaerk overgang psykiatri parter ressourcer",
    "F27": "stoette accept begrundelse start slut opfoelgning",
    "F27h": "hjaelp uddannelse forsoergelse bolig socialt andet voksenhjaelp vaerge samtykker",
    "F27v": "lovgrundlag tilbud start ansvarlig",
    "F29m": "deltagere beslutninger beslutninger.*.ansvarlig beslutninger.*.frist",
    "F14": "barnetsOrd formaal maal.*.maal maal.*.indikator maal.*.maaldato maal.*.ansvarlig indsats stoetteFamilie skole "
    "netvaerk ressourcer interval intervalGrund foraeldreBidrag soeskendePlan indsatsrampe",
    "F16": "barnetsSyn grundlag formaal planlagtOphoer alternativer mindstIndgribende udfasning samtykker.*.navn "
    "samtykker.*.samtykke samtykkeUng",
    "F16b": "barnetsOrd barnStoetteperson barnStoettepersonNavn forsoeg foraeldreStoetteperson",
    "F16c": "barnetsOrd stedtype stedNavn ejer soeskende soeskendeGrund andenKommune beliggenhedskommune skole",
    "F16f": "barnetsOrd afgoerelse begrundelse mindstIndgribende samtykker.*.samtykke samtykkeBarn",
    "F22": "formaal maal.*.maal stoette egenBehandling udbyder behandlingOpfoelgning stoetteperson samtykke ingenPlanGrund",
    "F28": "emne formaal dataklasser hjemmel naesteHandling",
    "F29": "hvem tilHvad fra til formaal gyldigTil",
    "F18": "delmaal.*.planmaal delmaal.*.delmaal delmaal.*.metode delmaal.*.ansvarlig delmaal.*.hyppighed "
    "delmaal.*.maalemetode delmaal.*.evalueringsdato kvalitet",
    "F19": "periodeFra periodeTil maal.*.skala maal.*.status trivsel skole fravaer samvaer magtanvendelse afvigelser "
    "anbefaling barnetsOrd kvalitet",
    "F20": "fremmoedte maalStatus barnetsSyn foraeldresSyn opfoelgningUdfald justering naesteOpfoelgning intervalGrund "
    "overgangstype bekymrer fungerer skalSke planlagtOphoer",
    "F20e": "barnetsOrd foraeldresSyn effektFastholdt efterSkridt",
    "F21": "dato anmeldt samtaleAlene samtaleGrund trivsel omsorg skole samvaer relation magtanvendelse bekymring handling",
    "F23": "trin.*.indhold trin.*.start trin.*.slut trin.*.hyppighed trin.*.modtager trin.*.kriterium nytTilbud netvaerk "
    "skole barnetsOrd bekymrer fungerer skalSke planlagtOphoer nedtrapningMaal overgangstype",
    "F23s": "effekter.*.effekt effekter.*.fastholdes tegn tegnPlan barnetsOrd",
    "F23b": "trin.*.professionel trin.*.kriterium planBekraeftet",
    "F23t": "kriterium trinUdfald trinNySlut begrundelse",
    "F24": "barnetsBedste hjemgivelsesperiodeStart hjemgivelsesperiodeSlut periodeGrund stoetteEfter samvaer",
    "F24u": "opnaaet betydning anbefaling periode barnetsOrd",
    "F24p": "professionel barnetsOrd fungerer bekymrer tegnPaaTilbagefald",
    "F24s": "med samvaerBeslutning stoetteperson aftale barnetsOrd begrundelse",
    "F31": "maal antalSamtaler slut frivilligtTilbud",
    "F31b": "spoergsmaal svar kilde dato",
}


@pytest.mark.parametrize("key", form_files())
def test_lint_finds_nothing(key):
    assert [f"{f.component}: {f.message.text('en')}" for f in forms.lint(form_files()[key])] == []


@pytest.mark.parametrize("key", form_files())
def test_says_everything_in_danish_and_english(key):
    missing = [c.id for _, c in form(key).walk() if _is_mute(c)]
    options = [(c.key, o.value) for _, c in form(key).walk() for o in c.options if not (o.label.danish and o.label.id)]

    assert form(key).title.danish
    assert form(key).title.id
    assert missing == []
    assert options == []


def _is_mute(component):
    if component.type in WORKED_OUT:
        return False
    said = component.text if component.type is ComponentType.TEXT else component.label
    return not (said.danish and said.id) or bool(component.hint.danish) != bool(component.hint.id)


@pytest.mark.parametrize("key", form_files())
def test_what_it_wants_read_first_are_other_forms(key):
    wanted = {name for names in form(key).reads for name in names}

    assert wanted <= form_files().keys() - {key}


@pytest.mark.parametrize("key", form_files())
def test_every_rule_it_names_is_known(key):
    named = [c.properties["law"] for _, c in form(key).walk() if "law" in c.properties]

    assert [name for name in named if name not in law.laws()] == []


@pytest.mark.parametrize("key", DEMANDED)
def test_asks_what_the_domain_reference_demands(key):
    paths = {path for path, _ in form(key).fields}

    assert set(DEMANDED[key].split()) - paths == set()


@cache
def read_elsewhere():
    """All that reads answers beside the form itself: diagrams, decisions, letters, and the expressions of other forms."""
    letters = [path.read_text() for path in (ROOT / "processes" / "letters").glob("*.toml")]
    return "\n".join([content.decode() for content in (*diagrams().values(), *tables().values())] + letters)


def is_read(key, path, component):
    """Whether another field of the form, a process, a decision, a letter or another form's prefilling reads the answer."""
    name = re.compile(rf"\b(?:{path.rpartition('.')[2]}|{component.variable or path.rpartition('.')[2]})\b")
    others = "\n".join(content.decode() for other, content in form_files().items() if other != key)
    return (
        len(name.findall(form_files()[key].decode())) > 1
        or name.search(read_elsewhere()) is not None
        or re.search(rf"besvarelse\w*\.{key}\b[^\"]*\b{path.rpartition('.')[2]}\b", others, re.IGNORECASE) is not None
    )


@pytest.mark.parametrize("key", form_files())
def test_asks_nothing_without_a_reason(key):
    """A rule asks for it, the work that follows reads it, the domain reference demands it (or the list that it stands in), or a
    colleague is asked to read the form before going on.
    """
    demanded = set(DEMANDED.get(key, "").split())
    is_read_first = any(key in names for other in form_files() for names in form(other).reads)
    idle = [
        path
        for path, component in form(key).fields
        if not is_read_first
        and "law" not in component.properties
        and not {path, path.partition(".")[0]} & demanded
        and not component.is_readonly
        and not is_read(key, path, component)
    ]

    assert idle == []


@pytest.mark.parametrize("key", form_files())
def test_can_be_filled_in(key):
    for seed in range(25):
        filled(form(key), Random(seed), now=NOW, known={"kendskabsDato": NOW.date(), "modtagetTid": NOW})


@pytest.mark.parametrize("key", form_files())
def test_never_preselects_an_answer(key):
    empty = forms.prefill(form(key), {}, {})

    assert set(empty) - {"vurderetTid"} == set()  # an instant is no choice


@pytest.mark.parametrize("key", form_files())
def test_free_text_and_numbers_of_persons_never_become_variables(key):
    told = [c for _, c in form(key).walk() if c.variable]
    texts = (ComponentType.TEXTFIELD, ComponentType.TEXTAREA)  # a list leaves those of its rows in the form

    assert [c.key for c in told if c.type in texts or c.is_masked] == []


@pytest.mark.parametrize("key", SIGNS_OF_SAFETY)
def test_has_the_three_headings_of_signs_of_safety(key):
    headings = [c.label.danish for c in form(key).components if c.type is ComponentType.GROUP]

    assert [h for h in headings if h.endswith("?")][:3] == ["Hvad bekymrer?", "Hvad fungerer?", "Hvad skal ske?"]


@pytest.mark.parametrize(
    "key",
    [
        "F01",
        "F02",
        "F02b",
        "F04",
        "F05b",
        "F06",
        "F08",
        "F09",
        "F09r",
        "F14",
        "F14s",
        "F16",
        "F16b",
        "F16c",
        "F16d",
        "F16f",
        "F16i",
        "F16t",
        "F16u",
        "F31b",
        "F31m",
        "F31r",
        "F15",
        "F15s",
        "F17",
        "F30u",
        *("F25", "F26", "F26a", "F26o", "F27", "F27a", "F27e", "F27h", "F27r", "F27s", "F27v", "F29m"),
    ],
)
def test_marks_the_words_of_the_child(key):
    marked = [c for _, c in form(key).walk() if c.properties.get("words") == "true"]

    assert marked != []


def test_asks_what_names_a_person_once_and_in_one_place():
    facts = {c.fact for key in form_files() for _, c in form(key).walk() if c.fact}
    persons = {fact for fact in facts - TOLD_FACTS if not fact.startswith(("unit.", "team."))}

    assert persons == {
        "beskyttetAdresse", "person.child.name", "person.child.birth_date", "person.child.cpr", "person.notifier.name",
        "person.notifier.contact", "persons.parents", "persons.siblings", "persons.network", "consent.data_classes",
        "consent.shared_from", "consent.shared_with", "consent.purpose", "consent.valid_until", "consent.answers",
    }  # fmt: skip


def test_no_form_asks_more_than_thirty_questions():
    counts = {key: sum(1 for _, c in form(key).walk() if c.type in ASKED) for key in form_files()}

    assert {key: count for key, count in counts.items() if count > 31} == {}
