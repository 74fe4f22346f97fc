from __future__ import annotations

from correctionkit.samples import font
from correctionkit.samples.names import is_dotted, name_pool

POOL = name_pool(5)


def test_pool_has_no_name_twice():
    every = [*POOL.short, *POOL.plain, *POOL.dotted]

    assert len(set(every)) == len(every)


def test_seed_changes_the_order_of_the_pool_only():
    other = name_pool(6)

    assert other != POOL
    assert sorted(other.plain) == sorted(POOL.plain)


def test_names_come_again_past_the_end_of_a_list():
    after = len(POOL.plain)

    assert POOL.name_at(after) == POOL.name_at(0)


def test_all_names_can_be_drawn():
    every = {POOL.name_at(index) for index in range(2 * len(POOL.plain))}

    assert set("".join(every)) <= font.characters()


def test_dotted_names_have_two_parts():
    dotted = [name for index in range(64) if is_dotted(name := POOL.name_at(index))]

    assert [len(name.split("·")) for name in dotted] == [2, 2, 2, 2]
