"""Any number of example sites, the same for the same number, seed and catalogue."""

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext
from typing import Literal

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.copying import copy_packed
from catalogue.database import as_owner
from catalogue.rules import Rules
from catalogue.settings import Settings
from seed.bulk_casting import add_cast, add_moulds, make_room
from seed.bulk_scatter import Batch, Scatter
from seed.demo_loading import is_superuser, taken_as_given

Said = int | Literal["ready"]
"""What a maker says: so many sites more are in, or all of its own are."""
MOST_MAKERS = 8
REASON = "Exempelplatser i mängd"
Pipe = Connection
Tell = Callable[[int], None]
"""Hears how many sites are in."""


class Shares:
    """The batches that each maker has still before it: neighbours, which have moulds in common.

    Whoever has none left takes the last of the maker that has most.
    """

    def __init__(self, context: ForkContext, batches: int, makers: int) -> None:
        bounds = [batches * one // makers for one in range(makers + 1)]
        self.starts = context.Array("i", bounds[:-1])
        self.ends = context.Array("i", bounds[1:], lock=self.starts.get_lock())

    def of(self, one: int) -> Iterator[int]:
        while (number := self._next(one)) is not None:
            yield number

    def _next(self, one: int) -> int | None:
        with self.starts.get_lock():
            left = [self.ends[i] - self.starts[i] for i in range(len(self.starts))]
            if left[one]:
                number, self.starts[one] = self.starts[one], self.starts[one] + 1
                return int(number)
            most = left.index(max(left))
            if not left[most]:
                return None
            self.ends[most] -= 1
            return int(self.ends[most])


class MakerFailed(Exception):
    """One of the processes that make sites has ended before its time."""


def add_sites(session: Session, count: int, seed: int, rules: Rules, tell: Tell) -> None:
    """Example sites in the session's transaction, as owner."""
    scatter = Scatter(session, count, seed, rules)
    done = 0
    for size in written(session, scatter, scatter.batches):
        done += size
        tell(done)
    note_examples(session)


def add_sites_side_by_side(
    settings: Settings, count: int, seed: int, rules: Rules, tell: Tell
) -> None:
    """The same by as many processes as there are cores, each in a transaction of its own.

    All or none of the sites are kept, unless a process ends in the moment of keeping; their numbers
    are used up either way. Raises `MakerFailed`.
    """
    with as_owner(settings) as session:
        scatter = Scatter(session, count, seed, rules)
        # Otherwise turning the triggers off locks the table, and one would wait for another.
        most = min(os.cpu_count() or 1, MOST_MAKERS) if is_superuser(session) else 1
    with makers(settings, scatter, min(most, len(scatter.batches))) as pipes:
        done = 0
        unready = list(pipes)
        while unready:
            spoken = wait(unready)
            for pipe in [one for one in unready if one in spoken]:
                said = heard(pipe)
                if said == "ready":
                    unready.remove(pipe)
                else:
                    done += said
                    tell(done)
        for pipe in pipes:
            pipe.send("keep")
        for pipe in pipes:
            heard(pipe)
    with as_owner(settings) as session:
        note_examples(session)


@contextmanager
def makers(settings: Settings, scatter: Scatter, number: int) -> Iterator[list[Pipe]]:
    """So many processes at work, each on its share of the batches; what they say is to be heard.

    Processes, since a thread that computes leaves none of its time to another.
    """
    context = get_context("fork")
    shares = Shares(context, len(scatter.batches), number)
    pipes: list[Pipe] = []
    processes = []
    for one in range(number):
        ours, theirs = context.Pipe()
        pipes.append(ours)
        process = context.Process(
            target=make, args=(settings, scatter, shares, one, pipes, theirs), daemon=True
        )
        process.start()
        processes.append(process)
        theirs.close()
    try:
        yield pipes
    except BaseException:
        for process in processes:
            process.terminate()
        raise
    finally:
        for process in processes:
            process.join()


def make(
    settings: Settings, scatter: Scatter, shares: Shares, one: int, others: list[Pipe], to: Pipe
) -> None:
    """One maker's share, kept when it is told to; where nobody tells it any more, nothing is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # It lives for these sites alone, and looking for circles takes a tenth of its time.
    gc.disable()
    for pipe in others:
        pipe.close()
    share = (scatter.batches[number] for number in shares.of(one))
    with as_owner(settings) as session:
        for size in written(session, scatter, share):
            to.send(size)
        to.send("ready")
        to.recv()
    to.send("ready")


def heard(pipe: Pipe) -> Said:
    try:
        said: Said = pipe.recv()
    except EOFError:
        raise MakerFailed("A process that makes sites has failed.") from None
    return said


def written(session: Session, scatter: Scatter, batches: Iterable[Batch]) -> Iterator[int]:
    """How many sites each batch had, as soon as it is in."""
    # Faster than the default, for what the write side keeps out of line.
    session.execute(text("set local default_toast_compression = lz4"))
    # Words are sorted into their index by the ten thousand; `tidy_listings` does the last of them.
    session.execute(text("set local gin_pending_list_limit = '64MB'"))
    make_room(session)
    with taken_as_given(session):
        for batch in batches:
            rows = scatter.rows(batch)
            add_moulds(session, rows.patterns)
            add_cast(session, rows.cast, REASON)
            for name, listed in rows.listings.items():
                copy_packed(session, tables.metadata.tables[name], listed)
            yield len(batch.ids)


def note_examples(session: Session) -> None:
    state = tables.catalogue_state
    session.execute(update(state).values(version=state.c.version + 1, has_examples=True))
