"""Batches in, results out in the same order, worked on by several processes.

A batch that kills its worker (memory, a crash in a library) is done again item by item, so that only the item
that kills is lost. No more than a few batches are on their way at once, whatever comes in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Pool(Generic[Item, Result]):
    """Worker processes that apply one function to batches."""

    def __init__(
        self, work: Callable[[list[Item]], Result], *, workers: int, on_lost: Callable[[Item], None]
    ) -> None:
        self._work = work
        self._workers = workers
        self._on_lost = on_lost
        self._executor = self._started(workers)

    def results(self, batches: Iterable[list[Item]]) -> Iterator[Result]:
        """Yield the result of each batch, in order; a batch with a lost item yields one result an item."""
        waiting: deque[tuple[list[Item], Future[Result]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, self._submitted(batch)))
                if len(waiting) > 2 * self._workers:
                    yield from self._next(waiting)
            while waiting:
                yield from self._next(waiting)
        finally:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _next(self, waiting: deque[tuple[list[Item], Future[Result]]]) -> Iterator[Result]:
        batch, future = waiting.popleft()
        try:
            result = future.result()
        except BrokenProcessPool:
            yield from self._one_by_one(batch)
            self._restart(waiting)
        else:
            yield result

    def _restart(self, waiting: deque[tuple[list[Item], Future[Result]]]) -> None:
        """Start new workers and hand them again what the broken ones had not finished."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._started(self._workers)
        for index, (batch, future) in enumerate(waiting):
            if not (future.done() and not future.cancelled() and future.exception() is None):
                waiting[index] = (batch, self._submitted(batch))

    def _one_by_one(self, batch: list[Item]) -> Iterator[Result]:
        executor = self._started(1)
        for item in batch:
            try:
                yield executor.submit(self._work, [item]).result()
            except BrokenProcessPool:
                self._on_lost(item)
                executor.shutdown(wait=False)
                executor = self._started(1)
        executor.shutdown(wait=False)

    def _submitted(self, batch: list[Item]) -> Future[Result]:
        try:
            return self._executor.submit(self._work, batch)
        except BrokenProcessPool as error:
            broken: Future[Result] = Future()
            broken.set_exception(error)
            return broken

    @staticmethod
    def _started(workers: int) -> ProcessPoolExecutor:
        # A fresh interpreter each: a copy of a process with open libraries and threads may hang.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
