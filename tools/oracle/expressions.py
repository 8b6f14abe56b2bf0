"""Which expressions are asked about: a written table of hard cases, and every operator over every kind of value."""

from collections.abc import Iterator
from typing import Any

# `github` as a payload makes it, and members with awkward names and values.
CONTEXTS: dict[str, Any] = {
    "github": {
        "actor": "Mona",
        "event_name": "issue_comment",
        "ref": "refs/heads/main",
        "run_id": "19000000001",
        "event": {
            "action": "created",
            "issue": {
                "number": 7,
                "title": 'It\'s a {leak} of 100 % "quoted" \\ and \u00fcber',
                "body": None,
                "labels": [{"name": "irp"}, {"name": "Severity: high", "color": "red"}, {"color": None}, "bare", 5],
                "assignees": [],
                "locked": False,
                "user": {"login": "rae[bot]", "type": "Bot", "id": 41},
            },
            "comment": {"body": "/ack\n", "id": 3000000012, "author_association": "NONE"},
            "client_payload": {},
        },
    },
    "env": {"LEVEL": "3", "EMPTY": ""},
    "vars": {"flag": "true", "a-b": "dashed", "_x": "lined"},
    "inputs": {"number": 12, "text": "", "yes": True, "no": False},
    "needs": {"one": {"result": "success", "outputs": {"n": "1"}}, "two": {"result": "skipped", "outputs": {}}},
    "steps": {
        "first": {"outcome": "failure", "conclusion": "success", "outputs": {"json": '{"a": [1, 2, {"b": null}]}'}}
    },
    "matrix": None,
    "strategy": {"fail-fast": True, "job-index": 0, "job-total": 1, "max-parallel": 1.5},
}

# One of each kind, and those that are easily taken for another.
VALUES = (
    *("null", "true", "false", "0", "1", "-1", "0.5", "2", "10", "1e3", "NaN", "Infinity", "-Infinity", "0x1F"),
    *("''", "' '", "'0'", "'1'", "'-1'", "'1e3'", "'0x1f'", "'true'", "'null'", "'NaN'", "'Infinity'", "'abc'"),
    *("'ABC'", "'abd'", "'\u00fc'", "'\u00dc'", "'\u0131'", "'I'", "fromJSON('[]')", "fromJSON('{}')"),
    *("github.event.issue", "github.event.issue.labels", "github.event.nothing", "github.event.issue.labels.*.name"),
)
OPERATORS = ("==", "!=", "<", "<=", ">", ">=")
JOINERS = ("&&", "||")
_TWO_VALUED = ("contains", "startsWith", "endsWith", "join")
_ONE_VALUED = ("toJSON", "fromJSON", "format", "join", "!")

_LITERALS = (
    *(
        "711",
        "-9.2",
        "+3",
        ".5",
        "-.5",
        "5.",
        "0xff",
        "0XFF",
        "0xFg",
        "0o17",
        "0o8",
        "0b11",
        "-0x1",
        "1_000",
        "1e",
        "e1",
    ),
    *("-2.99e-2", "1E5", "1e400", "-1e400", "1e-400", "1e21", "1e20", "123456789012345678901", "0.1", "1.10"),
    *("0.1234567890123456789", "1e-6", "1e-7", "0.0000001234", "100000000000000000000000", "3000000012", "-0", "00012"),
    *("0xffffffff", "0x7fffffff", "1.0", "1.5e3", "--1", "+-1", "- 1", "1 2", "+Infinity", "- Infinity", "-NaN"),
    *("True", "TRUE", "Null", "nan", "infinity", "undefined", "'It''s'", "''''", "''''''", "'a''b''c'", "'open"),
    *('"double"', "`tick`", "'new\nline'", "'tab\t'", "'${{'", "'}}'", "''", "'", "'a' 'b'"),
)
_SHAPES = (
    *("", " ", "()", "(1)", "((1))", "(1", "1)", "!", "!!1", "! ! ''", "!(1)", "!1 == 2", "(!1) == 2", "not 1"),
    *("1 = 1", "1 === 1", "1 & 1", "1 | 1", "1 &&", "|| 1", "1 <> 2", "1 =< 2", "1 + 1", "1 - 1", "1 * 2", "1 / 2"),
    *("1 < 2 < 3", "3 > 2 > 1", "1 == 1 == 1", "1 == 1 == true", "0 == false == true", "1 < 2 == 2 > 1"),
    *("1 || 0 && 0", "(1 || 0) && 0", "0 || '' || null", "1 && 'x' && 2", "0 && 1 || 2", "'' || false || 'last'"),
    *("1==1&&2==2", "true&&!false", "true\n&&\nfalse", "\ttrue", "true,false", "[1]", "{}", "a", "a.b", "1.a", "'a'.b"),
    *("(github).actor", "(github.event).action", "github .actor", "github. actor", "github.actor.", ".actor"),
    *("github..actor", "github.*", "github.*.number", "github[", "github[]", "github['actor'", "github['actor']"),
    *("github[actor]", "github['event']['issue'].number", "github.event['issue']['NUMBER']", "GITHUB.ACTOR"),
    *("github.Event.Issue.Title", "vars.a-b", "vars['a-b']", "vars._x", "vars.-x", "vars.1x", "vars.true", "vars.null"),
    *("vars.NaN", "github.event.issue.labels[0].name", "github.event.issue.labels[0]['name']"),
    *("github.event.issue.labels['0'].name", "github.event.issue.labels[1.9].name", "github.event.issue.labels[-1]"),
    *("github.event.issue.labels[99]", "github.event.issue.labels[99].name", "github.event.issue.labels[null].name"),
    *("github.event.issue.labels[true].name", "github.event.issue.labels[''].name", "github.event.issue.labels['x']"),
    *("github.event.issue.labels[NaN]", "github.event.issue.labels[Infinity]", "github.event.issue.labels.name"),
    *("github.event.issue.labels.*", "github.event.issue.labels.*.name", "github.event.issue.labels.*.color"),
    *("github.event.issue.labels[*].name", "github.event.issue.labels.*.name[0]", "github.event.issue.labels.*[0]"),
    *("github.event.issue.labels.*.*", "github.event.issue.labels.*.nothing", "github.event.issue.user.*"),
    *("github.event.issue.user.*.login", "github.event.*.body", "github.event.*.*", "github.event.*.user.login"),
    *("github.event.*.labels.*.name", "github.event.*.labels[0]", "github.event.*.labels.*", "github.actor.*"),
    *("github.event.nothing.*", "github.event.nothing.*.x", "matrix.*", "matrix.x.y.z", "needs.*.result"),
    *("needs.*.outputs.n", "needs.*.outputs.*", "github.event.issue.body.x", "github.event.issue.number.x"),
    *("github.event.issue.labels[github.event.issue.labels]", "github.event[github.event_name]", "github[null]"),
    *("github[true]", "github.event[github.event.nothing]", "github.event.issue.labels[0][0]", "strategy.max-parallel"),
    *(
        "fromJSON('[1,2]')[0]",
        'fromJSON(\'{"A": 1, "a": 2}\').a',
        "fromJSON('{\"x y\": 1}')['X Y']",
        "github.event.*.*.*",
    ),
    *("github.event.issue == github.event.issue", "github.event.issue.labels == github.event.issue.labels"),
    *("github.event.issue != github.event", "fromJSON('[]') == fromJSON('[]')", "github.event.issue.labels.* == 1"),
    *("(" * 20 + "1" + ")" * 20, "(" * 49 + "1" + ")" * 49, "(" * 50 + "1" + ")" * 50, "!" * 49 + "1", "!" * 50 + "1"),
    *("github" + ".a" * 48, "github" + ".a" * 60, " || ".join(["0"] * 80) + " || 1", " && ".join(["1"] * 80)),
    *("env.LEVEL == 3", "env.LEVEL > 2", "env.LEVEL < '10'", "env.EMPTY == null", "env.NOTHING == null", "inputs.yes"),
    *(
        "inputs.yes == 'true'",
        "inputs.yes == true",
        "inputs.no == 'false'",
        "inputs.number == '12'",
        "inputs.text || 5",
    ),
    *("vars.flag == true", "vars.flag == 'TRUE'", "secrets.X", "unknown.x", "github.event.issue.pull_request"),
    *("!github.event.issue.pull_request", "github.event.issue.number || inputs.number", "github.event.comment.id"),
    *("1\u00a0== 1", "1\u2003== 1", "1 == 1 # no", "true // no", "\u00fc", "github.\u00fcber", "'\U0001f600'", "1;2"),
)
_CALLS = (
    *("contains('Hello', 'LL')", "contains('Hello', '')", "contains('', '')", "contains('a')", "contains()"),
    *("contains('a', 'a', 'a')", "contains(github.event.issue.labels.*.name, 'IRP')", "CONTAINS('a', 'A')"),
    *("contains(github.event.issue.labels.*.name, 'severity')", "contains(github.event.issue.labels, 5)"),
    *("contains(github.event.issue.labels, '5')", "contains(fromJSON('[1, true, null]'), '')", "contains(12345, 34)"),
    *("contains(fromJSON('[1, true, null]'), '1')", "contains(fromJSON('[\"\"]'), null)", "contains(true, 'RU')"),
    *("contains(fromJSON('[{}]'), fromJSON('{}'))", "contains('\u00dcber', '\u00fc')", "contains('stra\u00dfe', 'SS')"),
    *("contains(github.event.issue, 'number')", "contains('x', github.event.issue)", "contains(null, '')"),
    *("startsWith('Hello', 'hE')", "startsWith(12, 1)", "startsWith(null, '')", "startsWith('a', fromJSON('[]'))"),
    *("startsWith(github.ref, 'refs/heads/')", "endsWith('Hello', 'LO')", "endsWith(1.5, '.5')", "endsWith('', 'x')"),
    *("endsWith(github.event.issue.user.login, '[bot]')", "startsWith(true, 't')", "endsWith('x', null)"),
    *("startsWith('\u00dfa', 'ss')", "endsWith('\u0131', 'I')", "startsWith('\u0130x', 'i')", "startsWith(false, 'F')"),
    *("format('a')", "format('{0}', 1)", "format('{0}{1}{0}', 'a', 'b')", "format('{{0}}', 1)", "format('{{{0}}}', 1)"),
    *("format('{0}')", "format('{1}', 1)", "format('{', 1)", "format('}', 1)", "format('{}', 1)", "format('{a}', 1)"),
    *("format('{-1}', 1)", "format('{ 0}', 1)", "format('{0 }', 1)", "format('{00}', 1)", "format('{0:x}', 1)"),
    *("format('{0}', null)", "format('{0}', true)", "format('{0}', 1.50)", "format('{0}', github.event.issue)"),
    *("format('{0}', github.event.issue.labels)", "format(1)", "format(null)", "format(true, 1)", "format()"),
    *("format('{{', 1)", "format('}}', 1)", "format('{{}}', 1)", "format('}}{{', 1)", "format('{0}}}', 1)"),
    *(
        "format('{0} {1} {2}', 'x', github.actor, github.event.issue.number)",
        "format('{0}', '{1}')",
        "format('{0}a}', 1)",
    ),
    *(
        "format('{256}', 1)",
        "format('{99999999999}', 1)",
        "format('{{{{0}}}}', 1)",
        "format('{0', 1)",
        "format('0}', 1)",
    ),
    *(
        "join(fromJSON('[1, true, null, \"x\", 1.50]'))",
        "join(fromJSON('[1, 2]'), ', ')",
        "join(fromJSON('[1, 2]'), '')",
    ),
    *("join(fromJSON('[1, 2]'), null)", "join(fromJSON('[1, 2]'), 0)", "join(fromJSON('[[1], {}]'))", "join(github)"),
    *("join(fromJSON('[1, 2]'), fromJSON('[]'))", "join(github.event.issue.labels.*.name, ' / ')", "join()"),
    *("join(github.event.issue.labels.*.nothing)", "join('a', 'b', 'c')", "join(fromJSON('[]'))", "join(5, '-')"),
    *("toJSON(github.event)", "toJSON(github.event.issue.title)", "toJSON(null)", "toJSON(1e21)", "toJSON(NaN)"),
    *(
        'toJSON(fromJSON(\'{"b": 1, "a": {}, "c": []}\'))',
        "toJSON(0.1)",
        "toJSON(1.0)",
        "toJSON(-0)",
        "toJSON('\u00fc')",
    ),
    *(
        "toJSON('\u2028')",
        "toJSON('\x7f')",
        "toJSON(github.event.issue.labels.*)",
        "toJson(true)",
        "toJSON()",
        "toJSON(1e-7)",
    ),
    *(
        "toJSON(fromJSON('[1.5e300, 1e16, 123456789012345680000, 5e-324]'))",
        "toJSON(Infinity)",
        "toJSON(needs.*.result)",
    ),
    *(
        "fromJSON('1')",
        "fromJSON('1.0')",
        "fromJSON('-0')",
        "fromJSON('1e400')",
        "fromJSON('\"x\"')",
        "fromJSON('null')",
    ),
    *("fromJSON(' true ')", "fromJSON('')", "fromJSON(' ')", "fromJSON('{')", "fromJSON('{a: 1}')", "fromJSON('[1,]')"),
    *(
        "fromJSON('NaN')",
        "fromJSON('Infinity')",
        "fromJSON('01')",
        "fromJSON('''x''')",
        "fromJSON(null)",
        "fromJSON(5)",
    ),
    *(
        "fromJSON(true)",
        "fromJSON(github.event)",
        "fromJSON(steps.first.outputs.json).a[2].b",
        "fromJSON('\"\\u0041\"')",
    ),
    *("fromJSON(steps.first.outputs.json).a.*.b", "fromJSON(toJSON(github.event.issue.user)).login", "FROMJSON('1')"),
    *('fromJSON(\'{"a": 1, "a": 2}\').a', "fromJSON('{\"\": 1}')['']", "fromJSON('[1] x')", "fromJSON('tru')"),
    *("fromJSON('\"a\tb\"')", "fromJSON('{\"__proto__\": 1}')", "fromJSON(inputs.text)", "fromJSON('1', '2')"),
    *("case(true, 1, 2)", "case(false, 1, 2)", "case(false, 1, true, 2, 3)", "case(1, 1, 2)", "case(true, 1)"),
    *(
        "case('true', 1, 2)",
        "case(true, 1, 2, 3)",
        "case(github.actor == 'mona', 'yes', 'no')",
        "case(true, 1, 'x', 2, 3)",
    ),
    *("success()", "failure()", "cancelled()", "always()", "success", "Success()", "!cancelled()", "success() && 1"),
    *("always() || failure()", "success ()", "success(1)", "nothing()", "github()", "contains", "hashFiles()"),
    *(
        "contains ('a', 'a')",
        "contains( 'a' , 'a' )",
        "contains('a' 'a')",
        "contains('a',)",
        "contains(,'a')",
        "format('a',,)",
    ),
)


def expressions() -> list[str]:
    """Every expression, once, in a fixed order."""
    return list(dict.fromkeys((*_LITERALS, *_SHAPES, *_CALLS, *_products())))


def _products() -> Iterator[str]:
    for left in VALUES:
        for right in VALUES:
            yield from (f"{left} {operator} {right}" for operator in OPERATORS)
    for left in VALUES:
        for right in VALUES[::3]:
            yield from (f"{left} {joiner} {right}" for joiner in JOINERS)
            yield from (f"{name}({left}, {right})" for name in _TWO_VALUED)
        yield from (f"{name}({left})" for name in _ONE_VALUED)
        yield from (f"github[{left}]", f"github.event.issue.labels[{left}]", f"github.event.issue.labels.*[{left}]")
        yield from (f"format('{{0}}', {left})", f"join(fromJSON('[1, 2]'), {left})", f"case({left} == 1, 1, 2)")
