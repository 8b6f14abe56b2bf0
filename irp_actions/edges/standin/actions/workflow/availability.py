"""Which contexts and functions an expression may name depends on the key it stands under: one table.

Source: "Contexts reference", section Context availability.
"""

from irp_actions.edges.standin.actions.expressions import MANY, Arity, Vocabulary

_RUN = frozenset({"github", "inputs", "vars"})
_JOB = _RUN | {"needs", "strategy", "matrix"}
_STEP = _JOB | {"secrets", "steps", "job", "runner", "env"}

_JOB_STATUS = {
    "always": Arity(0, 0),
    "cancelled": Arity(0, 0),
    "success": Arity(0, MANY),
    "failure": Arity(0, MANY),
}
_STEP_STATUS = {name: Arity(0, 0) for name in _JOB_STATUS}
_HASH = {"hashfiles": Arity(1, MANY)}

NOTHING = Vocabulary(frozenset())
RUN_NAME = Vocabulary(_RUN)
WORKFLOW_CONCURRENCY = Vocabulary(_RUN)
WORKFLOW_ENV = Vocabulary(_RUN | {"secrets"})
JOB_IF = Vocabulary(_RUN | {"needs"}, _JOB_STATUS)
JOB_PROPERTY = Vocabulary(_JOB)
JOB_ENV = Vocabulary(_JOB | {"secrets"})
JOB_DEFAULTS = Vocabulary(_JOB | {"env"})
JOB_OUTPUTS = Vocabulary(_STEP)
STEP_IF = Vocabulary(_STEP - {"secrets"}, _STEP_STATUS | _HASH)
STEP_PROPERTY = Vocabulary(_STEP, _HASH)
