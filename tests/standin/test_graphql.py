"""GraphQL: what is read, what is written, what it costs and how it fails."""

from collections.abc import Callable
from typing import Any

import pytest
from graphql import is_abstract_type, is_object_type
from standin_client import Person

from irp_actions.edges.standin.acts.posts import BODY_LIMIT
from irp_actions.edges.standin.graphql.fields import executable_schema, resolver_of
from irp_actions.edges.standin.standin import StandIn

REPOSITORY = 'repository(owner: "acme", name: "security-incidents")'


def issue_data(person: Person, fields: str, number: int = 1) -> Any:
    """Some fields of an issue."""
    return person.data(f"{{ {REPOSITORY} {{ issue(number: {number}) {{ {fields} }} }} }}")["repository"]["issue"]


def test_every_field_of_the_schema_has_an_answer() -> None:
    """Nothing is in the schema that no resolver, or no plain mapping, answers for."""
    mappings = ("Payload", "Edge")
    plain = {"PageInfo", "RateLimit", "Ref", "PinnedIssue", "Milestone", "Mannequin"}
    missing = [
        f"{kind.name}.{name}"
        for kind in executable_schema().type_map.values()
        if is_object_type(kind) and not is_abstract_type(kind) and not kind.name.startswith("__")
        if not kind.name.endswith(mappings) and kind.name not in plain
        for name in kind.fields
        if resolver_of(kind.name, name) is None
    ]
    assert missing == []


def test_an_issue_is_read_with_everything_on_it(owner: Person, reader: Person) -> None:
    """Body, people, labels, state and timeline say what REST says."""
    reader.open("Odd", body="text\r\n")
    owner.send("PATCH", "~/issues/1", {"labels": ["bug"], "assignees": ["acme"], "state": "closed"})
    seen = issue_data(
        owner,
        """
        number title body state stateReason closed locked isPinned viewerDidAuthor viewerCanLabel authorAssociation
        author { __typename login } editor { login } lastEditedAt url resourcePath milestone { title }
        labels(first: 5) { nodes { name color } totalCount }
        assignees(first: 5) { nodes { login } }
        participants(first: 5) { nodes { login } }
        timelineItems(first: 9) { totalCount nodes { __typename
          ... on LabeledEvent { label { name } actor { login } } ... on ClosedEvent { stateReason url } } }
        """,
    )
    assert (seen["number"], seen["title"], seen["body"], seen["state"]) == (1, "Odd", "text\r\n", "CLOSED")
    assert (seen["stateReason"], seen["closed"], seen["viewerDidAuthor"]) == ("COMPLETED", True, False)
    assert seen["author"] == {"__typename": "User", "login": "ria"}
    assert (seen["editor"], seen["lastEditedAt"], seen["milestone"]) == (None, None, None)
    assert seen["labels"] == {"nodes": [{"name": "bug", "color": "d73a4a"}], "totalCount": 1}
    assert seen["assignees"]["nodes"] == [{"login": "acme"}]
    assert seen["participants"]["nodes"] == [{"login": "ria"}]
    kinds = [item["__typename"] for item in seen["timelineItems"]["nodes"]]
    assert kinds == ["LabeledEvent", "AssignedEvent", "ClosedEvent"]
    assert seen["resourcePath"] == "/acme/security-incidents/issues/1"


@pytest.mark.behaviour(
    "inferred", "the schema has the fields; that `diff` is the whole text is seen, not said", "doctor:edit_history"
)
def test_edits_are_remembered_whole_newest_first(owner: Person, writer: Person) -> None:
    """Nothing until the first edit; then every text with who and when, the original included."""
    owner.open(body="one")
    fields = """
        lastEditedAt editor { login } includesCreatedEdit
        userContentEdits(first: 9) { totalCount nodes { editedAt diff editor { login } deletedAt } }
    """
    assert issue_data(owner, fields)["userContentEdits"] == {"totalCount": 0, "nodes": []}
    for minute, person, text in ((1, owner, "two"), (2, writer, "three")):
        owner.told("POST", "clock", {"now": f"2026-03-02T03:1{minute}:00Z"})
        person.send("PATCH", "~/issues/1", {"body": text})
    seen = issue_data(owner, fields)
    assert (seen["editor"]["login"], seen["lastEditedAt"]) == ("wim", "2026-03-02T03:12:00Z")
    assert seen["includesCreatedEdit"] is True
    edits = [
        (edit["diff"], edit["editor"]["login"], edit["editedAt"][14:16]) for edit in seen["userContentEdits"]["nodes"]
    ]
    assert edits == [("three", "wim", "12"), ("two", "acme", "11"), ("one", "acme", "10")]


@pytest.mark.behaviour("reported", "users of the API; no thread was kept", "repository")
def test_the_bot_goes_by_two_names(owner: Person, job: Person) -> None:
    """As an actor it drops `[bot]`; as the viewer, and over REST, it does not."""
    owner.open()
    job.comment("board")
    assert job.data("{ viewer { login databaseId } }")["viewer"] == {
        "login": "github-actions[bot]",
        "databaseId": 41898282,
    }
    fields = "comments(first: 1) { nodes { viewerDidAuthor author { __typename login ... on Bot { databaseId } } } }"
    comment = issue_data(job, fields)["comments"]["nodes"][0]
    assert comment["author"] == {"__typename": "Bot", "login": "github-actions", "databaseId": 41898282}
    assert comment["viewerDidAuthor"] is True
    assert issue_data(owner, fields)["comments"]["nodes"][0]["viewerDidAuthor"] is False


def test_connections_go_both_ways(owner: Person) -> None:
    """`first` after a cursor and `last` before one meet in the middle, also when items come and go."""
    owner.open()
    comments = [owner.comment(f"c{number}") for number in range(7)]
    page = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { body } edges { cursor }"

    def bodies(arguments: str) -> tuple[list[str], Any]:
        seen = issue_data(owner, f"comments({arguments}) {{ {page} }}")["comments"]
        return [node["body"] for node in seen["nodes"]], seen["pageInfo"]

    first, info = bodies("first: 3")
    assert (first, info["hasNextPage"], info["hasPreviousPage"]) == (["c0", "c1", "c2"], True, False)
    owner.send("DELETE", f"~/issues/comments/{comments[2]['id']}")
    second, _ = bodies(f'first: 3, after: "{info["endCursor"]}"')
    assert second == ["c3", "c4", "c5"]
    last, info = bodies("last: 2")
    assert (last, info["hasNextPage"], info["hasPreviousPage"]) == (["c5", "c6"], False, True)
    older, info = bodies(f'last: 100, before: "{info["startCursor"]}"')
    assert (older, info["hasPreviousPage"]) == (["c0", "c1", "c3", "c4"], False)


@pytest.mark.behaviour("documented", "Rate limits and query limits for the GraphQL API")
@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ("", "MISSING_PAGINATION_BOUNDARIES"),
        ("(first: 101)", "EXCESSIVE_PAGINATION"),
        ("(last: -1)", "EXCESSIVE_PAGINATION"),
        ('(first: 1, after: "made up")', "INVALID_CURSOR_ARGUMENTS"),
    ],
)
def test_a_connection_must_be_asked_for_in_bounds(owner: Person, arguments: str, kind: str) -> None:
    """GitHub's limits: one of `first` and `last`, a hundred at most."""
    owner.open()
    owner.comment("x")
    answer = owner.ask(f"{{ {REPOSITORY} {{ issue(number: 1) {{ comments{arguments} {{ nodes {{ id }} }} }} }} }}")
    assert [error["type"] for error in answer["errors"]] == [kind]


def test_how_many_there_are_needs_no_bounds(owner: Person) -> None:
    """GitHub's own command line asks for `totalCount` alone, also through fragments; a page still needs bounds."""
    owner.open()
    owner.comment("x")
    asked = "{ totalCount ... { __typename } ...Page } } } } fragment Page on IssueCommentConnection"
    answer = owner.data(f"{{ {REPOSITORY} {{ issue(number: 1) {{ comments {asked} {{ totalCount }}")
    assert answer["repository"]["issue"]["comments"]["totalCount"] == 1
    for page in ("nodes { id }", "pageInfo { hasNextPage }", "... { edges { cursor } }"):
        answer = owner.ask(f"{{ {REPOSITORY} {{ issue(number: 1) {{ comments {asked} {{ {page} }}")
        assert [error["type"] for error in answer["errors"]] == ["MISSING_PAGINATION_BOUNDARIES"]


def test_an_issue_is_created_in_no_project(owner: Person) -> None:
    """GitHub's command line sends the key, empty; there are no projects here."""
    create = "mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { number } } }"
    given = {"repositoryId": owner.get("~")["node_id"], "title": "Odd", "projectIds": None}
    assert owner.data(create, input=given)["createIssue"]["issue"]["number"] == 1
    assert owner.ask(create, input={**given, "projectIds": ["PVT_1"]})["errors"][0]["type"] == "NOT_FOUND"


def test_issues_are_found_by_label_state_time_and_order(owner: Person) -> None:
    """The lists that a sweep needs; pull requests are in none of them."""
    owner.open("one", labels=["irp"])
    owner.open("two")
    owner.told("POST", "pulls", {"user": "acme", "title": "pull"})
    owner.told("POST", "clock", {"advance": "P1D"})
    owner.open("three", labels=["irp"])
    owner.send("PATCH", "~/issues/1", {"state": "closed"})

    def titles(arguments: str) -> list[str]:
        query = f"{{ {REPOSITORY} {{ issues(first: 9, {arguments}) {{ nodes {{ title }} }} }} }}"
        return [node["title"] for node in owner.data(query)["repository"]["issues"]["nodes"]]

    newest = "orderBy: { field: UPDATED_AT, direction: DESC }"
    assert titles('labels: ["irp"]') == ["one", "three"]
    assert titles('labels: ["irp"], states: [OPEN]') == ["three"]
    assert titles(f'filterBy: {{ since: "2026-03-03T00:00:00Z" }}, {newest}') == ["three", "one"]
    assert titles(newest) == ["three", "one", "two"]
    assert titles('filterBy: { states: [CLOSED], labels: ["irp"] }') == ["one"]
    assert titles('filterBy: { createdBy: "acme" }, orderBy: { field: COMMENTS, direction: ASC }') == [
        "one",
        "two",
        "three",
    ]


def test_a_list_sorted_downwards_can_be_paged(owner: Person) -> None:
    """Cursors follow the order asked for."""
    for number in range(5):
        owner.open(f"i{number}")
    order = "orderBy: { field: CREATED_AT, direction: DESC }"
    after, seen = "null", []
    while after:
        query = (
            f"issues(first: 2, after: {after}, {order}) {{ nodes {{ title }} pageInfo {{ hasNextPage endCursor }} }}"
        )
        page = owner.data(f"{{ {REPOSITORY} {{ {query} }} }}")["repository"]["issues"]
        seen += [node["title"] for node in page["nodes"]]
        after = f'"{page["pageInfo"]["endCursor"]}"' if page["pageInfo"]["hasNextPage"] else ""
    assert seen == ["i4", "i3", "i2", "i1", "i0"]


def test_what_is_not_there_is_not_found(owner: Person) -> None:
    """Numbers, pull requests, nodes, users and repositories, in GitHub's words."""
    owner.told("POST", "pulls", {"user": "acme", "title": "pull"})
    for number in (1, 2):
        answer = owner.ask(f"{{ {REPOSITORY} {{ id issue(number: {number}) {{ id }} }} }}")
        assert answer["data"]["repository"]["issue"] is None
        assert answer["data"]["repository"]["id"]
        error = answer["errors"][0]
        assert (error["type"], error["path"]) == ("NOT_FOUND", ["repository", "issue"])
        assert error["message"] == f"Could not resolve to an Issue with the number of {number}."
    either = f"{{ {REPOSITORY} {{ issueOrPullRequest(number: 1) {{ __typename }} }} }}"
    assert owner.data(either)["repository"]["issueOrPullRequest"]["__typename"] == "PullRequest"
    queries = ['node(id: "I_x") { id }', 'user(login: "nobody") { id }', 'repository(owner: "a", name: "b") { id }']
    for query in queries:
        assert owner.ask(f"{{ {query} }}")["errors"][0]["type"] == "NOT_FOUND"


def test_nodes_are_answered_one_by_one(owner: Person) -> None:
    """A missing one is null with an error of its own; the others come."""
    issue = owner.open()
    answer = owner.ask("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=["no", issue["node_id"]])
    assert answer["data"]["nodes"] == [None, {"__typename": "Issue", "id": issue["node_id"]}]
    assert answer["errors"][0]["path"] == ["nodes", 0]


@pytest.mark.behaviour("reported", "users of the API; no thread was kept", "repository")
def test_later_aliases_run_after_one_failed(owner: Person) -> None:
    """A batch is no transaction."""
    issue = owner.open()
    answer = owner.ask(
        """mutation($subject: ID!, $long: String!) {
             one: addComment(input: { subjectId: $subject, body: "one" }) { commentEdge { node { body } } }
             two: addComment(input: { subjectId: $subject, body: $long }) { commentEdge { node { body } } }
             three: addComment(input: { subjectId: "IC_gone", body: "three" }) { clientMutationId }
             four: closeIssue(input: { issueId: $subject, clientMutationId: "m" }) { clientMutationId issue { state } }
           }""",
        subject=issue["node_id"],
        long="x" * (BODY_LIMIT + 1),
    )
    assert answer["data"]["one"]["commentEdge"]["node"]["body"] == "one"
    assert (answer["data"]["two"], answer["data"]["three"]) == (None, None)
    assert answer["data"]["four"] == {"clientMutationId": "m", "issue": {"state": "CLOSED"}}
    kinds = [(error["type"], error["path"]) for error in answer["errors"]]
    assert kinds == [("UNPROCESSABLE", ["two"]), ("NOT_FOUND", ["three"])]
    assert answer["errors"][0]["message"].startswith("Body is too long")


def test_everything_that_can_be_written_is_written(owner: Person) -> None:
    """Every mutation does what its REST twin does."""
    owner.open("other")
    owner.open("subject", labels=["bug"])
    subject = owner.get("~/issues/2")["node_id"]
    other, label = owner.get("~/issues/1")["node_id"], owner.get("~/labels/question")["node_id"]
    comment = owner.comment("words", 2)["node_id"]
    viewer = owner.data("{ viewer { id } }")["viewer"]["id"]
    repository = owner.get("~")["node_id"]
    owner.data(
        """mutation($i: ID!, $o: ID!, $c: ID!, $l: ID!, $v: ID!, $r: ID!) {
             edit: updateIssue(input: { id: $i, title: "new", body: "text" }) { issue { title } }
             amend: updateIssueComment(input: { id: $c, body: "better words" }) { issueComment { body } }
             hide: minimizeComment(input: { subjectId: $c, classifier: OFF_TOPIC }) {
               minimizedComment { isMinimized minimizedReason } }
             react: addReaction(input: { subjectId: $c, content: CONFUSED }) { reaction { content user { login } } }
             label: addLabelsToLabelable(input: { labelableId: $i, labelIds: [$l] }) {
               labelable { labels(first: 5) { totalCount } } }
             assign: addAssigneesToAssignable(input: { assignableId: $i, assigneeIds: [$v] }) { clientMutationId }
             create: createLabel(input: { repositoryId: $r, name: "made", color: "123456" }) { label { name } }
             open: createIssue(input: { repositoryId: $r, title: "third", labelIds: [$l] }) { issue { number } }
             pin: pinIssue(input: { issueId: $i }) { issue { isPinned } }
             lock: lockLockable(input: { lockableId: $i, lockReason: RESOLVED }) { lockedRecord { activeLockReason } }
             close: closeIssue(input: { issueId: $i, duplicateIssueId: $o }) {
               issue { stateReason(enableDuplicate: true) } }
           }""",
        i=subject,
        o=other,
        c=comment,
        l=label,
        v=viewer,
        r=repository,
    )
    issue = owner.get("~/issues/2")
    assert (issue["title"], issue["body"], issue["state_reason"]) == ("new", "text", "duplicate")
    assert (issue["active_lock_reason"], len(issue["labels"]), len(issue["assignees"])) == ("resolved", 2, 1)
    assert owner.get("~/issues/3")["title"] == "third"
    seen = issue_data(owner, "comments(first: 1) { nodes { body isMinimized minimizedReason } }", 2)
    assert seen["comments"]["nodes"] == [{"body": "better words", "isMinimized": True, "minimizedReason": "off-topic"}]
    pinned = f"{{ {REPOSITORY} {{ pinnedIssues(first: 3) {{ nodes {{ issue {{ number }} }} }} }} }}"
    assert owner.data(pinned)["repository"]["pinnedIssues"]["nodes"] == [{"issue": {"number": 2}}]
    owner.data(
        """mutation($i: ID!, $c: ID!, $l: ID!, $v: ID!) {
             show: unminimizeComment(input: { subjectId: $c }) { unminimizedComment { isMinimized } }
             withdraw: removeReaction(input: { subjectId: $c, content: CONFUSED }) { reaction { id } }
             unlabel: removeLabelsFromLabelable(input: { labelableId: $i, labelIds: [$l] }) { clientMutationId }
             unassign: removeAssigneesFromAssignable(input: { assignableId: $i, assigneeIds: [$v] }) {
               clientMutationId }
             clear: clearLabelsFromLabelable(input: { labelableId: $i }) { clientMutationId }
             unpin: unpinIssue(input: { issueId: $i }) { issue { isPinned } }
             unlock: unlockLockable(input: { lockableId: $i }) { unlockedRecord { locked } }
             rename: updateLabel(input: { id: $l, name: "asked" }) { label { name } }
             reopen: reopenIssue(input: { issueId: $i }) { issue { state stateReason } }
             remove: deleteIssueComment(input: { id: $c }) { clientMutationId }
             drop: deleteLabel(input: { id: $l }) { clientMutationId }
           }""",
        i=subject,
        c=comment,
        l=label,
        v=viewer,
    )
    issue = owner.get("~/issues/2")
    assert (issue["state"], issue["locked"], issue["labels"], issue["assignees"]) == ("open", False, [], [])
    assert issue["comments"] == 0
    kinds = [
        item["__typename"]
        for item in issue_data(owner, "timelineItems(last: 5) { nodes { __typename } }", 2)["timelineItems"]["nodes"]
    ]
    assert kinds[-1] == "CommentDeletedEvent"


def test_every_kind_of_event_is_read(owner: Person) -> None:
    """What happened is told with what its kind adds, also of labels and accounts that are gone."""
    test_everything_that_can_be_written_is_written(owner)
    fields = """
      timelineItems(first: 50) { totalCount filteredCount pageCount updatedAt nodes { __typename
        ... on LabeledEvent { label { name color } labelable { labels(first: 1) { totalCount } } }
        ... on AssignedEvent { assignee { ... on User { login } } }
        ... on RenamedTitleEvent { previousTitle currentTitle }
        ... on LockedEvent { lockReason } ... on PinnedEvent { issue { number } }
        ... on MarkedAsDuplicateEvent { canonical { ... on Issue { number } } isCrossRepository }
        ... on ReopenedEvent { stateReason } ... on CommentDeletedEvent { databaseId deletedCommentAuthor { login } }
      } }
    """
    items = {item.pop("__typename"): item for item in issue_data(owner, fields, 2)["timelineItems"]["nodes"]}
    assert items["LabeledEvent"]["label"] == {"name": "question", "color": "d876e3"}
    assert items["AssignedEvent"]["assignee"] == {"login": "acme"}
    assert items["RenamedTitleEvent"] == {"previousTitle": "subject", "currentTitle": "new"}
    assert items["LockedEvent"] == {"lockReason": "RESOLVED"}
    assert items["MarkedAsDuplicateEvent"] == {"canonical": {"number": 1}, "isCrossRepository": False}
    assert items["ReopenedEvent"] == {"stateReason": "REOPENED"}
    assert items["CommentDeletedEvent"]["deletedCommentAuthor"] == {"login": "acme"}
    chosen = (
        "timelineItems(last: 2, itemTypes: [LABELED_EVENT, RENAMED_TITLE_EVENT]) { totalCount nodes { __typename } }"
    )
    assert issue_data(owner, chosen, 2)["timelineItems"]["totalCount"] == 3


def test_reaction_groups_show_every_content(owner: Person, reader: Person) -> None:
    """Eight groups, used or not, and whether the viewer is among those who did."""
    owner.open()
    reader.send("POST", "~/issues/1/reactions", {"content": "eyes"})
    fields = """reactionGroups { content viewerHasReacted createdAt reactors(first: 5) { totalCount nodes {
        ... on User { login } } } users(first: 1) { totalCount } }
        reactions(first: 5) { viewerHasReacted nodes { content } }"""
    seen = issue_data(reader, fields)
    eyes = next(group for group in seen["reactionGroups"] if group["content"] == "EYES")
    assert len(seen["reactionGroups"]) == 8
    assert (eyes["viewerHasReacted"], eyes["reactors"]["nodes"]) == (True, [{"login": "ria"}])
    assert seen["reactions"] == {"viewerHasReacted": True, "nodes": [{"content": "EYES"}]}
    assert issue_data(owner, fields)["reactions"]["viewerHasReacted"] is False


def test_a_reader_is_told_which_mutation_was_refused(reader: Person, owner: Person) -> None:
    """In GitHub's words, with the mutation's name as a class."""
    subject = owner.open(labels=["bug"])["node_id"]
    label = owner.get("~/labels/bug")["node_id"]
    answer = reader.ask(
        """mutation($i: ID!, $l: ID!) {
             addLabelsToLabelable(input: {labelableId: $i, labelIds: [$l]}) { clientMutationId } }""",
        i=subject,
        l=label,
    )
    message = "ria does not have the correct permissions to execute `AddLabelsToLabelable`"
    assert (answer["errors"][0]["type"], answer["errors"][0]["message"]) == ("FORBIDDEN", message)


def test_a_job_without_permission_is_refused(gh: StandIn, owner: Person, somebody: Callable[[str], Person]) -> None:
    """Reading needs `issues: read`, writing `issues: write`."""
    subject = owner.open()["node_id"]
    reading = somebody(gh.mint_token(1, {"issues": "read"}))
    mutation = 'mutation($i: ID!) { addComment(input: { subjectId: $i, body: "x" }) { clientMutationId } }'
    assert reading.ask(mutation, i=subject)["errors"][0]["message"] == "Resource not accessible by integration"
    bare = somebody(gh.mint_token(1, {}))
    assert bare.ask(f"{{ {REPOSITORY} {{ issue(number: 1) {{ id }} }} }}")["errors"][0]["type"] == "FORBIDDEN"
    assert bare.ask("query($i: ID!) { node(id: $i) { id } }", i=subject)["errors"][0]["type"] == "FORBIDDEN"


@pytest.mark.behaviour("documented", "Rate limits and query limits for the GraphQL API")
def test_a_question_costs_what_the_documentation_says(owner: Person) -> None:
    """Connections times the nodes above them, by a hundred; nodes are counted likewise."""
    query = f"""query($size: Int) {{ rateLimit {{ cost nodeCount limit remaining used resetAt }}
      {REPOSITORY} {{ issues(first: $size) {{ nodes {{
        comments(last: 20) {{ nodes {{ id }} }} labels(first: 5) {{ nodes {{ id }} }} }} }} }} }}"""
    limit = owner.data(query, size=100)["rateLimit"]
    assert (limit["cost"], limit["nodeCount"]) == (2, 100 + 100 * 25)
    assert (limit["limit"], limit["used"], limit["remaining"]) == (5000, 2, 4998)
    deep = "comments(first: 100) { nodes { userContentEdits(first: 100) { nodes { id } } } }"
    answer = owner.ask(f"{{ {REPOSITORY} {{ issues(first: 100) {{ nodes {{ {deep} }} }} }} }}")
    assert answer["errors"][0]["type"] == "MAX_NODE_LIMIT_EXCEEDED"


@pytest.mark.strays("documents that do not fit the schema")
@pytest.mark.parametrize(
    "query", ["{ viewer { ", "{ viewer { shoeSize } }", "query A { viewer { id } } query B { viewer { id } }"]
)
def test_a_broken_document_is_answered_with_errors_alone(owner: Person, query: str) -> None:
    """HTTP 200 and no `data`."""
    answer = owner.ask(query)
    assert "data" not in answer
    assert answer["errors"][0]["message"]


@pytest.mark.strays("a word for a number")
def test_variables_that_do_not_fit_are_errors(owner: Person) -> None:
    """Nothing is executed."""
    assert "data" not in owner.ask("query($n: Int!) { " + REPOSITORY + " { issue(number: $n) { id } } }", n="one")


@pytest.mark.strays("no query at all")
def test_a_request_without_a_query_is_400(owner: Person) -> None:
    """As is one that is no JSON."""
    url = owner.standin.graphql_url
    assert owner.session.post(url, json={"query": 1}).status_code == 400
    assert owner.session.post(url, data=b"{").status_code == 400
    assert owner.session.post(f"{owner.standin.api_url}/api/graphql", json={"query": "{ viewer { id } }"}).ok


def test_a_database_id_that_outgrew_32_bits_is_only_in_full(owner: Person) -> None:
    """As GitHub's present ids are; `fullDatabaseId` is a text."""
    owner.open()
    comment = owner.comment("x")
    seen = issue_data(owner, "databaseId fullDatabaseId comments(first: 1) { nodes { databaseId fullDatabaseId } }")
    assert seen["comments"]["nodes"] == [{"databaseId": None, "fullDatabaseId": str(comment["id"])}]
