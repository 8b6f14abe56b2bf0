"""Ids: like GitHub's, and never mistaken for each other."""

from itertools import pairwise

from irp_actions.edges.standin.ids import FIRST, STRIDE, Ids, node_id


def test_no_id_is_shared_between_kinds() -> None:
    """A million of each kind stay apart."""
    starts = sorted(FIRST.values())
    assert all(after - before > STRIDE * 1_000_000 for before, after in pairwise(starts))


def test_ids_count_in_wide_steps() -> None:
    """The neighbour of an id is nobody's."""
    ids = Ids()
    first, second = ids.next("comment"), ids.next("comment")
    assert second - first == STRIDE
    assert Ids(ids.given).next("comment") - second == STRIDE


def test_node_ids_are_spelled_as_githubs() -> None:
    """The prefix and the packed array of GitHub's present format."""
    assert node_id("I", 0, 712_000_019, 3_150_000_011).startswith("I_kwDO")
    assert node_id("U", 0, 61_000_027).startswith("U_kgDO")
    assert node_id("LE", 0, 712_000_019, 3_150_000_011, 17_400_000_013).startswith("LE_lADO")
