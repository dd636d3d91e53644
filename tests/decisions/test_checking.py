"""What is found wrong before a decision is asked: each with the id of its element."""

import pytest

from casework.decisions import check, parse


def findings(dmn, *elements):
    return [(element, said.text("en")) for element, said in parse(dmn.definitions(*elements)).check()]


def test_nothing_is_wrong_with_a_table_that_is_right(dmn):
    table = dmn.table(
        "PRIORITY",
        [("alder", "[0..18]"), "barnets navn"],
        [("spor", '"A","B"', '"A"'), "note"],
        ("> 3", '"Emil"', '"A"', '"se " + barnets navn'),
        ("-", "", '"B"', "-"),
    )

    assert findings(dmn, table, dmn.literal("d.spor", id="e", requires=["d"])) == []


def test_feel_that_is_wrong_is_named_by_row_and_column(dmn):
    table = dmn.table("UNIQUE", ["alder", "navn +"], ["spor"], ("> ", "-", '"A"'), ("3", "-", "1 +"))

    found = dict(findings(dmn, table))

    assert found["i1_0"].startswith("Row 1, column »alder«: Something is missing")
    assert found["o2_0"].startswith("Row 2, column »spor«: Something is missing")
    assert any(said.startswith("Column »navn +«:") for said in found.values())
    assert len(found) == 3


@pytest.mark.parametrize(
    ("policy", "outputs", "row", "said"),
    [
        ("PRIORITY", ["x"], ("-", "1"), "values listed"),
        ("OUTPUT ORDER", ["x"], ("-", "1"), "values listed"),
        ("BEST", ["x"], ("-", "1"), "no rule for choosing called »BEST«"),
        ("COLLECT of MOST", ["x"], ("-", "1"), "called »MOST«"),
        ("COLLECT of SUM", ["x", "y"], ("-", "1", "2"), "Only one result column"),
        ("FIRST of SUM", ["x"], ("-", "1"), "Only a table that collects"),
        ("UNIQUE", ["x", "x"], ("-", "1", "2"), "name of its own"),
        ("UNIQUE", ["x", "y"], ("-", "1"), "Row 1 has another number of cells"),
        ("UNIQUE", ["x"], ("-", "-"), "Row 1 has no result"),
        ("UNIQUE", [], ("-",), "no result column"),
    ],
)
def test_a_malformed_table_is_found(dmn, policy, outputs, row, said):
    assert any(said in sentence for _, sentence in findings(dmn, dmn.table(policy, ["a"], outputs, row)))


def test_a_table_without_rows_and_a_column_without_an_expression_are_found(dmn):
    said = " ".join(sentence for _, sentence in findings(dmn, dmn.table("UNIQUE", [""], ["x"])))

    assert "no rows" in said
    assert "asks for nothing" in said


def test_other_languages_than_feel_are_found(dmn):
    logic = '<literalExpression id="l" expressionLanguage="juel"><text>${x}</text></literalExpression>'
    xml = f'<decision id="d" name="D">{logic}</decision>'

    assert findings(dmn, xml) == [("l", "Formulas are written in FEEL, not in juel.")]
    assert findings(dmn, xml.replace("juel", "https://www.omg.org/spec/DMN/20191111/FEEL/").replace("${x}", "x")) == []


def test_requirements_that_lead_nowhere_or_round_in_circles_are_found(dmn):
    found = findings(
        dmn,
        dmn.literal("1", id="a", requires=["b"]),
        dmn.literal("1", id="b", requires=["a"]),
        dmn.literal("1", id="c", requires=["væk"], uses=["væk"]),
    )

    assert [(element, said.split("»")[0].strip() or said.split("«")[1].strip()) for element, said in found] == [
        ("a", "builds on itself by way of others."),
        ("b", "builds on itself by way of others."),
        ("c", "builds on a decision »væk"),
        ("c", "The function"),
    ]


def test_what_cannot_be_used_is_found(dmn):
    found = findings(
        dmn,
        '<decision id="a" name="A"><context id="k"/></decision>',
        '<decision id="b" name="B"/>',
        '<businessKnowledgeModel id="f" name="F"><encapsulatedLogic/></businessKnowledgeModel>',
        dmn.function("g", ["x"], "x +"),
    )

    assert [element for element, _ in found] == ["k", "b", "f", "f_g"]


def test_two_decisions_with_one_id_and_a_file_without_any_are_found(dmn):
    assert findings(dmn, dmn.literal("1"), dmn.literal("2")) == [("d", "Two decisions have the id »d«.")]
    assert findings(dmn) == [("fil", "There is no decision in the file.")]


def test_findings_are_said_in_danish(dmn):
    decisions = parse(dmn.definitions(dmn.table("UNIQUE", ["alder"], ["spor"], ("> ", '"A"'))))

    ((_, said),) = check(decisions)

    assert said.text("da").startswith("Række 1, kolonnen »alder«: Der mangler noget i formlen")
