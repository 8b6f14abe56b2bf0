"""The media type a client accepts decides how bodies come: as Markdown, as HTML, as text, or in full.

Source: "Getting started with the REST API", about media types. The HTML is no rendering of Markdown: it is the text,
escaped, in paragraphs, which is all that clients here look at.
"""

import html
import re
from collections.abc import Mapping
from typing import Any

_PARAMETER = re.compile(r"application/vnd\.github(?:\.v3)?\.(raw|text|html|full)\+json")

# The same header of an answer to a GraphQL request.
GRAPHQL = "github.v4; format=json"

# Which keys of a body each parameter asks for.
_KEYS: Mapping[str, frozenset[str]] = {
    "raw": frozenset({"body"}),
    "text": frozenset({"body_text"}),
    "html": frozenset({"body_html"}),
    "full": frozenset({"body", "body_text", "body_html"}),
}


def parameter_of(accept: str) -> str | None:
    """The parameter of GitHub's media type in an `Accept` header, if there is one."""
    found = _PARAMETER.search(accept)
    return None if found is None else found.group(1)


def media_type(parameter: str | None) -> str:
    """The `X-GitHub-Media-Type` header."""
    return f"github.v3; param={parameter}; format=json" if parameter else "github.v3; format=json"


def shaped(value: Any, parameter: str | None) -> Any:
    """An answer with the bodies of issues and comments as the media type wants them."""
    if parameter is None or parameter == "raw":
        return value
    if isinstance(value, list):
        return [shaped(item, parameter) for item in value]
    if isinstance(value, dict):
        inner = {key: shaped(item, parameter) for key, item in value.items()}
        return _with_body(inner, _KEYS[parameter]) if "body" in value and "reactions" in value else inner
    return value


def _with_body(post: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    body = post["body"]
    forms = {"body": body, "body_text": body or "", "body_html": _as_html(body or "")}
    rest = {key: value for key, value in post.items() if key != "body"}
    return {**rest, **{key: form for key, form in forms.items() if key in keys}}


def _as_html(body: str) -> str:
    paragraphs = re.split(r"(?:\r?\n){2,}", body.strip())
    return "\n".join(f'<p dir="auto">{html.escape(paragraph)}</p>' for paragraph in paragraphs if paragraph)
