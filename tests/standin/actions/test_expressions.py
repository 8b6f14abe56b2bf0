"""Expressions mean what GitHub's "Evaluate expressions in workflows and actions" says."""

import math
from typing import Any

import pytest

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions import (
    Arity,
    CaseSensitive,
    Scope,
    Vocabulary,
    parse,
    parse_condition,
    parse_template,
)

CONTEXTS: dict[str, Any] = {
    "github": {
        "event": {
            "issue": {
                "number": 7,
                "title": "It's a {leak}",
                "labels": [{"name": "irp"}, {"name": "severity: high"}, {"colour": "red"}],
                "pull_request": None,
                "empty": "",
            }
        },
        "ref": "refs/heads/main",
        "Actor": "Mona",
    },
    "env": CaseSensitive({"LEVEL": "3", "Level": "other"}),
    "vars": {"flag": "true"},
    "nested": {"a": {"x": [1, 2]}, "b": {"x": [3]}, "c": 4},
    "list": [[1, 2], [3, 4], "no"],
}
VOCABULARY = Vocabulary(frozenset(CONTEXTS), {"success": Arity(0, 0), "always": Arity(0, 0)})
SCOPE = Scope(CONTEXTS, {"success": lambda _: False, "always": lambda _: True})


def value_of(source: str) -> Any:
    """Return the value of an expression in the contexts above."""
    return parse(source, VOCABULARY).value(SCOPE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # literals
        ("null", None),
        ("true", True),
        ("711", 711),
        ("-9.2", -9.2),
        ("+3", 3),
        (".5", 0.5),
        ("0xff", 255),
        ("0o17", 15),
        ("-2.99e-2", -0.0299),
        ("'It''s open source!'", "It's open source!"),
        ("''''", "'"),
        ("Infinity", math.inf),
        # members
        ("github.event.issue.number", 7),
        ("github['event']['ISSUE'].Number", 7),
        ("GitHub.actor", "Mona"),
        ("github.event.issue.pull_request", None),
        ("github.nothing.at.all", None),
        ("github.event.issue.labels[1].name", "severity: high"),
        ("github.event.issue.labels['1'].name", "severity: high"),
        ("github.event.issue.labels[1.9].name", "severity: high"),
        ("github.event.issue.labels[9]", None),
        ("github.event.issue.labels[-1]", None),
        ("github.ref.length", None),
        ("env.LEVEL", "3"),
        ("env.level", None),
        # object filters
        ("github.event.issue.labels.*.name", ["irp", "severity: high"]),
        ("github.event.issue.labels[*].name", ["irp", "severity: high"]),
        ("nested.*.x", [[1, 2], [3]]),
        ("nested.*.x.*", [1, 2, 3]),
        ("list.*[1]", [2, 4]),
        ("list.*.*", [1, 2, 3, 4]),
        ("github.ref.*", []),
        # equality, loose and without regard to case
        ("'MAIN' == 'main'", True),
        ("1 == '1'", True),
        ("1 == ' 0x1 '", True),
        ("0 == ''", True),
        ("0 == null", True),
        ("null == ''", True),
        ("true == 1", True),
        ("true == 'true'", False),
        ("false == ''", True),
        ("'abc' == 0", False),
        ("NaN == NaN", False),
        ("github.event == github.event", True),
        ("fromJSON('[1]') == fromJSON('[1]')", False),
        ("github == 1", False),
        ("1 != '1'", False),
        # order
        ("2 > 1", True),
        ("'b' > 'A'", True),
        ("'10' > 9", True),
        ("'10' > '9'", False),
        ("true > false", True),
        ("1 >= 1", True),
        ("null >= 0", True),
        ("'a' < 1", False),
        ("github < 1", False),
        # logic keeps the operand's value
        ("'' || 'fallback'", "fallback"),
        ("github.head_ref || github.ref", "refs/heads/main"),
        ("'a' && 'b'", "b"),
        ("0 && 'b'", 0),
        ("!''", True),
        ("!'false'", False),
        ("!github", False),
        ("!!1", True),
        ("!NaN", True),
        ("false || false && true || 'x'", "x"),
        ("(true || false) && 'y'", "y"),
        ("1 < 2 == true", True),
        ("!true == false", True),
        # functions
        ("contains('Hello world', 'WORLD')", True),
        ("contains(github.event.issue.labels.*.name, 'IRP')", True),
        ("contains(fromJSON('[\"push\", 1]'), '1')", True),
        ("contains(github, 'x')", False),
        ("contains('a1', 1)", True),
        ("contains('straße', 'SS') || endsWith('straße', 'SSE')", True),
        ("contains('straße', 'SS')", False),
        ("contains('', '')", True),
        ("startsWith('/ACK now', '/ack')", True),
        ("endsWith('Hello world', 'LD')", True),
        ("startsWith(list, 'x')", False),
        ("format('Hello {0} {1}', 'Mona', 2)", "Hello Mona 2"),
        ("format('{{Hello {0}}}', 'Mona')", "{Hello Mona}"),
        ("format('{0}{0}', null)", ""),
        ("join(github.event.issue.labels.*.name, ' + ')", "irp + severity: high"),
        ("join(fromJSON('[1, true, null]'))", "1,true,"),
        ("join('alone')", "alone"),
        ("join(github)", ""),
        ("toJSON(nested.b)", '{\n  "x": [\n    3\n  ]\n}'),
        ("toJSON(1.0)", "1"),
        ("toJSON(1e21)", "1e+21"),
        ("toJSON(1e-7)", "1e-7"),
        ("toJSON(fromJSON('[true, {}, []]'))", "[\n  true,\n  {},\n  []\n]"),
        ("'\U0001f600' < '\uff5e'", True),
        ("toJSON('\u00fc')", '"\u00fc"'),
        ("toJSON(Infinity)", "null"),
        ("fromJSON('{\"a\": [1.5]}').a[0]", 1.5),
        ("fromJSON('true')", True),
        ("fromJSON(1)", 1),
        ("case(false, 'a', true, 'b', 'c')", "b"),
        ("case(false, 'a', 'c')", "c"),
        # numbers as text
        ("format('{0}', 1.0)", "1"),
        ("format('{0}', -0)", "0"),
        ("format('{0}', 0.1)", "0.1"),
        ("format('{0}', 1e3)", "1000"),
        ("format('{0}', 1e21)", "1e+21"),
        ("format('{0}', 0.0000001)", "1e-7"),
        ("format('{0} {1} {2}', NaN, Infinity, -Infinity)", "NaN Infinity -Infinity"),
        ("format('{0} {1}', list, nested)", "Array Object"),
    ],
)
def test_an_expression_has_the_documented_value(source: str, expected: Any) -> None:
    """Literals, members, filters, operators and functions, each with its loose conversions."""
    value = value_of(source)
    assert (value, type(value) is bool) == (expected, type(expected) is bool)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "An expression was expected"),
        ("1 2", "Unexpected symbol: '2'. Located at position 3 within expression: 1 2"),
        ("github.", "Unexpected end of expression: '.'. Located at position 7 within expression: github."),
        ("github.1", "Unexpected symbol: '1'. Located at position 8 within expression: github.1"),
        ("(1", "Unexpected end of expression: '1'. Located at position 2 within expression: (1"),
        ('"a"', 'Unexpected symbol: \'"a"\'. Located at position 1 within expression: "a"'),
        ("'open", "Unexpected symbol: ''open'. Located at position 1 within expression: 'open"),
        ("github & 1", "Unexpected symbol: '&'. Located at position 8 within expression: github & 1"),
        ("1 = 1", "Unexpected symbol: '='. Located at position 3 within expression: 1 = 1"),
        ("1\u00a0== 1", "Unexpected symbol: '\u00a0'. Located at position 2"),
        ("\u0663", "Unexpected symbol: '\u0663'. Located at position 1"),
        ("0xZZ", "Unexpected symbol: '0xZZ'. Located at position 1 within expression: 0xZZ"),
        ("secrets.X", "Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.X"),
        ("1 && shout(2)", "Unrecognized function: 'shout'. Located at position 6 within expression: 1 && shout(2)"),
        ("contains('a')", "Too few parameters supplied: 'contains'."),
        ("success(1)", "Too many parameters supplied: 'success'."),
        ("case(true, 1, true, 2)", "Even number of parameters supplied"),
        ("!" * 60 + "true", "Exceeded max expression depth 50"),
        ("'" + "x" * 21_000 + "'", "Exceeded max expression length 21000"),
    ],
)
def test_what_is_no_expression_is_refused_in_githubs_words_and_with_its_place(source: str, message: str) -> None:
    """Unknown contexts and functions count as faults of the file, not as empty values."""
    with pytest.raises(ExpressionError) as refused:
        parse(source, VOCABULARY)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("fromJSON('')", "empty input"),
        ("fromJSON('{')", "Error parsing fromJson"),
        ("fromJSON('NaN')", "NaN is not JSON"),
        ("format('{1}', 'a')", "references more arguments than were supplied"),
        ("format('{')", "The following format string is invalid: {"),
        ("format('}', 1)", "The following format string is invalid: }"),
        ("case(1, 'a', 'b')", "must evaluate to a boolean"),
    ],
)
def test_a_function_refuses_what_it_cannot_take(source: str, message: str) -> None:
    """The fault shows when the expression is evaluated."""
    with pytest.raises(ExpressionError) as refused:
        value_of(source)
    assert message in str(refused.value)


def test_only_operands_that_matter_are_evaluated() -> None:
    """A chain of && or || stops at the operand that decides it."""
    assert value_of("true || fromJSON('')") is True
    assert value_of("false && fromJSON('')") is False


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("${{ github.event.issue.number }}", "7"),
        ("#${{ github.event.issue.number }} in ${{ github.ref }}!", "#7 in refs/heads/main!"),
        ("${{ '}}' }} and ${{ 'it''s' }}", "}} and it's"),
        ("${{ null }}", ""),
        ("${{ true }}", "true"),
        ("$ {{ no }}", "$ {{ no }}"),
    ],
)
def test_a_template_puts_values_between_its_text(source: str, expected: str) -> None:
    """Quotes may hold the closing braces."""
    assert parse_template(source, VOCABULARY).text(SCOPE) == expected


def test_a_template_that_is_one_expression_keeps_its_kind() -> None:
    """So `continue-on-error: ${{ true }}` is a boolean and no word."""
    assert parse_template("${{ 1 == 1 }}", VOCABULARY).value(SCOPE) is True
    assert parse_template("${{ fromJSON('true') }}", VOCABULARY).flag(SCOPE) is True
    assert parse_template("false", VOCABULARY).flag(SCOPE) is False
    assert parse_template("${{ '2' }}", VOCABULARY).number(SCOPE) == 2


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("${{ github", "The expression is not closed"),
        ("${{ }}", "An expression was expected"),
        ("x" * 21_000 + "${{ 1 }}", "Exceeded max expression length"),
    ],
)
def test_a_broken_template_is_refused(source: str, message: str) -> None:
    """Before any run."""
    with pytest.raises(ExpressionError, match=message):
        parse_template(source, VOCABULARY)


def test_a_template_that_is_an_object_is_no_string() -> None:
    """GitHub refuses it instead of printing `Object`."""
    with pytest.raises(ExpressionError, match="A mapping was not expected"):
        parse_template("${{ github }}", VOCABULARY).text(SCOPE)
    with pytest.raises(ExpressionError, match="A sequence was not expected"):
        parse_template("${{ list }}", VOCABULARY).text(SCOPE)
    with pytest.raises(ExpressionError, match="Unexpected value 'often'"):
        parse_template("often", VOCABULARY).flag(SCOPE)
    with pytest.raises(ExpressionError, match="Unexpected value 'often'"):
        parse_template("often", VOCABULARY).number(SCOPE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", False),
        ("always()", True),
        ("!success()", True),
        ("${{ always() }}", True),
        ("true", False),
        ("${{ true }}", False),
        ("true || always()", True),
        ("contains(toJSON(success()), 'false')", True),
        ("join(fromJSON(toJSON(github.event.*))[always() && 0]) != 'x'", True),
        # `always()` within a string is no call of it
        ("'always()' != ''", False),
        # the well-known trap: text around an expression makes a string, which is true
        ("${{ always() && false }} == true", True),
    ],
)
def test_a_condition_without_a_status_function_asks_success_first(source: str, expected: bool) -> None:
    """Here success() is false."""
    assert parse_condition(source, VOCABULARY).holds(SCOPE) is expected
