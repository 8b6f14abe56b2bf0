"""GitHub's expression language: `${{ }}` and `if:`, from text to value.

Lexer, parser and tree are apart; `template` is where workflow files meet them.
"""

from irp_actions.edges.standin.actions.expressions.functions import MANY, Arity
from irp_actions.edges.standin.actions.expressions.parser import Vocabulary, parse
from irp_actions.edges.standin.actions.expressions.template import (
    Condition,
    Template,
    parse_condition,
    parse_template,
)
from irp_actions.edges.standin.actions.expressions.tree import Function, Scope
from irp_actions.edges.standin.actions.expressions.values import CaseSensitive, Value

__all__ = [
    "MANY",
    "Arity",
    "CaseSensitive",
    "Condition",
    "Function",
    "Scope",
    "Template",
    "Value",
    "Vocabulary",
    "parse",
    "parse_condition",
    "parse_template",
]
