"""Cuts GitHub's GraphQL schema down to what the documents in `tools/graphql` use.

Usage: python tools/trim_graphql.py PACKAGE_FOLDER [--check]

`PACKAGE_FOLDER` is the unpacked npm package `@octokit/graphql-schema`. The result is committed with the stand-in and
names its source in its header; `--check` only says whether it is up to date.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    Node,
    OverlappingFieldsCanBeMergedRule,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_ast_schema,
    get_named_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_required_input_field,
    parse,
    print_ast,
    specified_rules,
    validate,
    visit,
)
from graphql.language import (
    ArgumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectFieldNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    UnionTypeDefinitionNode,
)

HERE = Path(__file__).parent
DOCUMENTS = HERE / "graphql"
TARGET = HERE.parent / "irp_actions" / "edges" / "standin" / "graphql" / "schema.graphql"
RULES = [rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule]


@dataclass
class Used:
    """What of a schema is used: types, fields of types, arguments of fields, keys of inputs."""

    types: set[str] = field(default_factory=set)
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    arguments: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))


class Collector(Visitor):
    """Walks a document and notes what it uses."""

    def __init__(self, info: TypeInfo, used: Used) -> None:
        super().__init__()
        self.info = info
        self.used = used

    def enter(self, node: Node, *_: Any) -> None:
        """Note a field, an argument, a key of an input, or a type that is named."""
        for named in (self.info.get_type(), self.info.get_input_type()):
            if named is not None:
                self.used.types.add(get_named_type(named).name)
        parent, definition = self.info.get_parent_type(), self.info.get_field_def()
        if isinstance(node, FieldNode) and parent is not None and not node.name.value.startswith("__"):
            self.used.types.add(parent.name)
            self.used.fields[parent.name].add(node.name.value)
        if isinstance(node, ArgumentNode) and parent is not None and definition is not None:
            self.used.arguments[parent.name, self._field_name(definition)].add(node.name.value)
        if isinstance(node, ObjectFieldNode):
            owner: Any = get_named_type(self.info.get_parent_input_type())
            self.used.fields[owner.name].add(node.name.value)

    def _field_name(self, definition: Any) -> str:
        parent: Any = self.info.get_parent_type()
        return next(str(name) for name, known in parent.fields.items() if known is definition)


def trim(sdl: str, documents: list[DocumentNode]) -> str:
    """The definitions of a schema that some documents use, without descriptions and directives."""
    source = parse(sdl, no_location=True)
    schema = build_ast_schema(source, assume_valid=True)
    used = Used()
    for document in documents:
        errors = validate(schema, document, RULES)
        if errors:
            sys.exit("\n".join(map(str, errors)))
        info = TypeInfo(schema)
        visit(document, TypeInfoVisitor(info, Collector(info, used)))
    _complete(schema, used)
    kept = [_kept(definition, used) for definition in source.definitions if _name(definition) in used.types]
    return "\n\n".join(print_ast(definition) for definition in kept if definition is not None) + "\n"


def _complete(schema: GraphQLSchema, used: Used) -> None:
    """Add what a whole schema needs: required inputs, their types, and the fields interfaces promise."""
    for name in sorted(used.types):
        kind = schema.type_map[name]
        if is_input_object_type(kind):
            used.fields[name] |= {key for key, value in kind.fields.items() if is_required_input_field(value)}
            used.types |= {get_named_type(kind.fields[key].type).name for key in used.fields[name]}
        if is_interface_type(kind):
            for implementation in schema.get_possible_types(kind):
                if implementation.name in used.types:
                    used.fields[implementation.name] |= used.fields[name]
                    for key in used.fields[name]:
                        used.arguments[implementation.name, key] |= used.arguments[name, key]
        if is_object_type(kind) or is_interface_type(kind):
            used.types |= {get_named_type(kind.fields[key].type).name for key in used.fields[name]}
            used.types |= {
                get_named_type(kind.fields[key].args[argument].type).name
                for key in used.fields[name]
                for argument in used.arguments[name, key]
            }


def _name(definition: Any) -> str | None:
    name = getattr(definition, "name", None)
    return None if name is None else str(name.value)


def _kept(definition: Any, used: Used) -> Any:
    """A definition with no more than what is used of it."""
    name = _name(definition) or ""
    match definition:
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            fields = tuple(
                _kept_field(part, used.arguments[name, part.name.value])
                for part in definition.fields or ()
                if part.name.value in used.fields[name]
            )
            interfaces = tuple(part for part in definition.interfaces or () if part.name.value in used.types)
            return type(definition)(name=definition.name, fields=fields, interfaces=interfaces)
        case UnionTypeDefinitionNode():
            types = tuple(part for part in definition.types or () if part.name.value in used.types)
            return UnionTypeDefinitionNode(name=definition.name, types=types)
        case InputObjectTypeDefinitionNode():
            keys = tuple(_plain(part) for part in definition.fields or () if part.name.value in used.fields[name])
            return InputObjectTypeDefinitionNode(name=definition.name, fields=keys)
        case EnumTypeDefinitionNode():
            values = tuple(type(part)(name=part.name) for part in definition.values or ())
            return EnumTypeDefinitionNode(name=definition.name, values=values)
        case ScalarTypeDefinitionNode():
            return ScalarTypeDefinitionNode(name=definition.name)
    return None


def _kept_field(part: FieldDefinitionNode, arguments: set[str]) -> FieldDefinitionNode:
    kept = tuple(_plain(argument) for argument in part.arguments or () if argument.name.value in arguments)
    return FieldDefinitionNode(name=part.name, arguments=kept, type=part.type)


def _plain(part: InputValueDefinitionNode) -> InputValueDefinitionNode:
    return InputValueDefinitionNode(name=part.name, type=part.type, default_value=part.default_value)


def _header(folder: Path, sdl: str) -> str:
    package = json.loads((folder / "package.json").read_text())
    return (
        "# GitHub's GraphQL schema, cut by tools/trim_graphql.py to what tools/graphql/*.graphql use. Do not edit.\n"
        f"# Source: npm package {package['name']} {package['version']} ({package['license']}), schema.graphql,\n"
        f"# sha256 {hashlib.sha256(sdl.encode()).hexdigest()}\n\n"
    )


def main() -> int:
    """Write the trimmed schema, or say whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the unpacked npm package @octokit/graphql-schema")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the committed schema is stale")
    options = parser.parse_args()
    sdl = (options.folder / "schema.graphql").read_text(encoding="utf-8")
    documents = [parse(path.read_text(encoding="utf-8")) for path in sorted(DOCUMENTS.glob("*.graphql"))]
    text = _header(options.folder, sdl) + trim(sdl, documents)
    if options.check:
        return int(not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
