"""Claims: the findings as the draft and the report show them, in the policy's words and in people's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from irp_actions.rules.followups import TextOf, follow_ups, task
from irp_actions.rules.report.shapes import Claim, Findings
from irp_actions.rules.terms import NOT
from irp_actions.rules.words import render
from irp_actions.values.findings import Retro, Told
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy, Tables, Term, Terms


def claims(incident: Incident, policy: Policy, text_of: TextOf, links: Mapping[int, str]) -> Findings:
    """Everything that was found.

    Args:
        incident: what the record adds up to.
        policy: has the terms' names of today.
        text_of: gives the free text of an entry, unless it was withheld or purged.
        links: where the evidence of an entry is; may lack some.
    """
    told, terms = incident.findings, policy.terms

    def shown(one: Told, table: Mapping[str, Term]) -> Claim:
        what = _named(one.what, table, terms.techniques)
        text, link = text_of(one.n) or "", links.get(one.n, "")
        technique = table is terms.threats and one.what.partition(" ")[0] not in table
        term = _named(one.what.partition(" ")[0], table, terms.techniques)
        return Claim(what, text, one.by, one.at, one.happened_at, one.n, link, technique, term)

    return Findings(
        discovery=shown(told.discovery, terms.discovery) if told.discovery else None,
        threats=tuple(shown(one, terms.threats) for one in told.threats),
        impacts=tuple(shown(one, terms.impacts) for one in told.impacts),
        scope=tuple(shown(one, terms.scope) for one in told.scope),
        cause=shown(told.cause, {}) if told.cause else None,
        whys=tuple(shown(one, {}) for one in told.whys),
        lessons=tuple(shown(one, {}) for one in told.lessons),
        statement=shown(told.statement, {}) if told.statement else None,
        tasks=tuple(task(item, text_of, told.issues) for item in follow_ups(incident)),
        retro=_retro(told.retro, text_of, incident.tables),
    )


def _named(what: str, table: Mapping[str, Term], techniques: Mapping[str, str]) -> str:
    """The term as people read it: its name, the narrower word if one was typed, or the technique with its id."""
    name, _, variety = what.partition(" ")
    if name in table:
        return f"{table[name].shown} ({variety})" if variety else table[name].shown
    return f"{name} {techniques[name]}" if name in techniques else what


def terms_named(args: Mapping[str, Any], terms: Terms) -> Iterator[str]:
    """The terms that a call names, as people read them, with `not` before those that it takes back."""
    tables = {"method": terms.discovery, "threat": terms.threats, "impact": terms.impacts, "scope": terms.scope}
    for name, table in tables.items():
        told = args.get(name, ())
        for term in (told,) if isinstance(told, str) else told:
            denied = NOT if term.startswith(NOT) else ""
            yield denied + _named(term.removeprefix(NOT), table, terms.techniques)


def _retro(retro: Retro | None, text_of: TextOf, tables: Tables) -> str:
    if retro is None:
        return ""
    return render("retro", retro=retro, said=text_of(retro.n), tables=tables)
