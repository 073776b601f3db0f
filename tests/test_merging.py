"""Three-way merging: what only one changed is kept, what both changed is asked about."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.forms.merging import three_way

STATES = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 3))


def chosen(
    before: dict[str, int], mine: dict[str, int], theirs: dict[str, int], *, keep_mine: bool
) -> dict[str, int]:
    """What is saved when every choice falls the same way: theirs, with what I keep on top."""
    merge = three_way(before, mine, theirs)
    kept = merge.mine | (merge.both if keep_mine else frozenset())
    saved = {key: value for key, value in theirs.items() if key not in kept}
    return saved | {key: mine[key] for key in kept if key in mine}


@given(STATES, STATES, STATES)
def test_every_change_is_somebodys_and_nothing_else_is(
    before: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    merge = three_way(before, mine, theirs)

    changed = {
        key
        for key in "abcde"
        if mine.get(key) != before.get(key) or theirs.get(key) != before.get(key)
    }
    assert merge.mine | merge.theirs | merge.both == changed
    assert len(merge.mine) + len(merge.theirs) + len(merge.both) == len(changed)


@given(STATES, STATES)
def test_without_another_s_change_mine_is_what_is_saved(
    before: dict[str, int], mine: dict[str, int]
) -> None:
    assert chosen(before, mine, before, keep_mine=False) == mine


@given(STATES, STATES)
def test_without_a_change_of_mine_theirs_stays(
    before: dict[str, int], theirs: dict[str, int]
) -> None:
    assert chosen(before, before, theirs, keep_mine=True) == theirs


@given(STATES, STATES, STATES)
def test_what_only_one_of_us_changed_is_as_that_one_left_it(
    before: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    merge = three_way(before, mine, theirs)

    saved = chosen(before, mine, theirs, keep_mine=True)

    assert all(saved.get(key) == mine.get(key) for key in merge.mine)
    assert all(saved.get(key) == theirs.get(key) for key in merge.theirs)


@given(STATES, STATES, STATES)
def test_we_see_the_same_conflicts_whoever_saves_second(
    before: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    assert three_way(before, mine, theirs).both == three_way(before, theirs, mine).both


@given(STATES, STATES)
def test_the_same_change_made_twice_is_no_conflict(
    before: dict[str, int], mine: dict[str, int]
) -> None:
    assert three_way(before, mine, mine).both == frozenset()
