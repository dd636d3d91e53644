"""Write a decision table in a few lines."""

from xml.sax.saxutils import escape, quoteattr

import pytest

from casework.decisions import parse

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(policy, inputs, outputs, *rows, **more):
    """The XML of a table: `inputs` and `outputs` are texts or (text, values[, default]); a row is its cells, inputs first."""
    columns = "".join(map(_input, inputs)) + "".join(map(_output, outputs))
    rules = "".join(_rule(number, row, len(inputs)) for number, row in enumerate(rows, 1))
    word, _, aggregation = policy.partition(" of ")
    attributes = f'hitPolicy="{word}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    return _decision(f'<decisionTable id="tabel" {attributes}>{columns}{rules}</decisionTable>', **more)


def literal(text, **more):
    return _decision(f"<literalExpression><text>{escape(text)}</text></literalExpression>", **more)


def definitions(*elements, namespace=DMN):
    return f'<definitions xmlns="{namespace}" id="fil" name="Fil">{"".join(elements)}</definitions>'.encode()


def function(name, parameters, body):
    formal = "".join(f"<formalParameter name={quoteattr(one)}/>" for one in parameters)
    logic = f"<encapsulatedLogic>{formal}<literalExpression><text>{escape(body)}</text></literalExpression></encapsulatedLogic>"
    return f'<businessKnowledgeModel id="f_{name}" name={quoteattr(name)}>{logic}</businessKnowledgeModel>'


def _decision(logic, *, id="d", name="Vurdering", requires=(), uses=()):  # noqa: A002  DMN calls it so
    needed = "".join(
        f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>' for one in requires
    )
    used = "".join(f'<knowledgeRequirement><requiredKnowledge href="#f_{one}"/></knowledgeRequirement>' for one in uses)
    return f'<decision id="{id}" name={quoteattr(name)}><variable name="{id}"/>{needed}{used}{logic}</decision>'


def _input(column):
    text, values = column if isinstance(column, tuple) else (column, "")
    allowed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    return f"<input label={quoteattr(text)}><inputExpression><text>{escape(text)}</text></inputExpression>{allowed}</input>"


def _output(column):
    name, values, default = (*column, "", "")[:3] if isinstance(column, tuple) else (column, "", "")
    listed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    standing = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f"<output name={quoteattr(name)}>{listed}{standing}</output>"


def _rule(number, row, width):
    cells = "".join(_cell("inputEntry", number, place, text) for place, text in enumerate(row[:width]))
    cells += "".join(_cell("outputEntry", number, place, text) for place, text in enumerate(row[width:]))
    return f'<rule id="r{number}">{cells}</rule>'


def _cell(kind, number, place, text):
    return f'<{kind} id="{kind[0]}{number}_{place}"><text>{escape(text)}</text></{kind}>'


class Writer:
    """What the tests of this folder write decisions with."""

    table = staticmethod(table)
    literal = staticmethod(literal)
    function = staticmethod(function)
    definitions = staticmethod(definitions)

    @staticmethod
    def file(*elements):
        return parse(definitions(*elements))


@pytest.fixture
def dmn():
    return Writer
