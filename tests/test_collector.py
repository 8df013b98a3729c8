"""While a build runs, cycles are looked for seldom; afterwards as before."""

from __future__ import annotations

import gc

import pytest

from kg.pipeline.collector import seldom


@pytest.fixture(params=[(700, 10, 10), (50_000, 5, 5), (0, 10, 10)])
def usual(request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    before = gc.get_threshold()
    gc.set_threshold(*request.param)
    yield request.param
    gc.set_threshold(*before)


def test_cycles_are_looked_for_no_more_often_and_then_as_before(usual: tuple[int, int, int]) -> None:
    with seldom():
        within = gc.get_threshold()
    assert gc.get_threshold() == usual
    assert within == usual if not usual[0] else all(map(int.__ge__, within, usual))
    assert (within != usual) is (usual[0] > 0)


def test_a_build_that_fails_leaves_the_collector_as_it_was(usual: tuple[int, int, int]) -> None:
    def fail() -> None:
        with seldom():
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.get_threshold() == usual
