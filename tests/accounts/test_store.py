import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made_books import ENTERED, FIRST, SECOND, books, claim, line, remittance, visit
from sqlalchemy.exc import OperationalError

from codinglab.accounts.balances import Key, balances, replay
from codinglab.accounts.charge import charges
from codinglab.accounts.journal import Entry, Posting, Unbalanced
from codinglab.accounts.post import post
from codinglab.accounts.record import Batch, Note
from codinglab.accounts.store import Refused, Store
from codinglab.accounts.store_rows import NotWholeCents, to_cents
from codinglab.accounts.store_tables import VERSION

D = Decimal
DAY = date(2026, 3, 3)
OFFICE = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")


def entry(number="E1", amount="10.05", account="A", line_of=1):
    sides = (
        Posting("insurance receivable", D(amount), account, line_of, FIRST),
        Posting("revenue", -D(amount), account, line_of, FIRST),
    )
    return Entry(number, DAY, "charge", "claim A", sides, "why", "who")


def everything(store):
    return (
        tuple(store.entries()),
        store.accounts(),
        store.notes(),
        store.held(also_released=True),
        store.remittances(),
    )


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'books.db'}"


def test_entries_come_back_as_they_were_appended_in_their_order(url) -> None:
    told = [entry("E2"), entry("E1", line_of=None), entry("E3", account="B")]
    with Store(url) as store:
        store.append(told[:2])
        store.append(told[2:])
        assert list(store.entries()) == told
        assert list(store.entries("B")) == told[2:]
    with Store(url) as again:
        assert list(again.entries()) == told


def test_an_append_is_whole_or_nothing() -> None:
    with Store("sqlite://") as store:
        store.append([entry("E1")])
        with pytest.raises(Refused, match="entries: a number of this batch stands in the books"):
            store.append([entry("E2"), entry("E1")])
        with pytest.raises(Refused, match="or twice in the batch"):
            store.append([entry("E3"), entry("E3")])
        assert [one.number for one in store.entries()] == ["E1"]


def test_an_entry_that_does_not_balance_cannot_be_made() -> None:
    sides = (Posting("cash", D("1.00")), Posting("revenue", D("-0.99")))
    with pytest.raises(Unbalanced, match=r"entry E1 \(here\): debits exceed credits by 0\.01"):
        Entry("E1", DAY, "payment", "here", sides)


def test_no_fraction_of_a_cent_is_rounded_silently() -> None:
    with Store("sqlite://") as store, pytest.raises(NotWholeCents, match=r"10\.055 is no whole"):
        store.append([entry(amount="10.055")])
    assert to_cents(D("-10.05"), "here") == -1005
    assert to_cents(D("1E+1"), "here") == 1000


@pytest.mark.parametrize("table", ["entries", "postings", "notes", "accounts", "posted_claims"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET {} = 'x'"])
def test_nothing_that_stands_in_the_books_can_be_changed(table, verb) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    store = books(visit(), visit("B"))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    before = everything(store)
    column = {"postings": "ledger", "posted_claims": "status", "accounts": "patient"}
    statement = text(verb.format(table, column.get(table, "source")))
    with pytest.raises(DBAPIError, match="the books only grow"), store._engine.begin() as raw:
        raw.execute(statement)
    assert everything(store) == before


def test_books_of_another_version_are_refused(url) -> None:
    from sqlalchemy import text

    with Store(url) as store, store._engine.begin() as raw:
        raw.execute(text("INSERT INTO books VALUES (7)"))
    with pytest.raises(Refused, match=rf"books.db: .* of version 7, .* writes version {VERSION}"):
        Store(url)


@pytest.mark.parametrize("table", ["bookmarks (id)", "entries (id, name)", "books (id, title)"])
@pytest.mark.parametrize("make", [True, False])
def test_another_programs_database_is_refused_and_left_as_it_was(tmp_path, table, make) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute(f"CREATE TABLE {table}")
    before = file.read_bytes()
    name = table.split()[0]
    with pytest.raises(Refused, match=f"places.sqlite: .* another program's: it has {name}, and"):
        Store(file, make=make)
    assert file.read_bytes() == before


def test_books_are_made_only_where_that_is_meant(tmp_path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    with pytest.raises(Refused, match=r"empty\.db: there are no books here"):
        Store(file, make=False)
    assert file.read_bytes() == b""
    Store(file).close()
    Store(file, make=False).close()


def test_a_files_name_may_have_the_signs_of_a_url(tmp_path) -> None:
    file = tmp_path / "A?b #50%.db"
    with Store(file) as store:
        store.append((entry("a", "1.00"),))
    assert [one.name for one in tmp_path.iterdir()] == ["A?b #50%.db"]


def test_books_are_read_while_another_program_writes_and_where_nobody_may_write(url) -> None:
    books(visit(), url=url).close()
    file = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # a writer that takes its time
        with Store(file, make=False) as store:
            assert balances(store).total("revenue") == D("-150.00")
    with Store(f"sqlite:///file:{file}?mode=ro&uri=true", make=False) as store:
        assert balances(store).total("revenue") == D("-150.00")
        with pytest.raises(OperationalError, match="readonly"):
            store.append((entry("b", "1.00"),))


def test_balances_until_a_day_leave_out_what_came_later() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    day_before = balances(store, until=date(2026, 3, 22))
    assert dict(day_before) == {
        Key("insurance receivable", "OV1", 1, FIRST): D("150.00"),
        Key("revenue", "OV1", 1, FIRST): D("-150.00"),
    }
    assert balances(store, until=ENTERED) == balances(store) == replay(store.entries())


def test_balances_are_told_by_account_payer_and_patient() -> None:
    store = books(visit("A", payers=(FIRST, SECOND)), visit("B"))
    post(store, remittance(claim("A", OFFICE), claim("B", OFFICE)), ENTERED)
    found = balances(store)
    assert found.by_account() == {"A": D("20.00"), "B": D("20.00")}
    assert found.by_payer() == {SECOND: D("20.00")}
    assert found.by_patient(store.accounts()) == {"Doe, B": D("20.00")}
    assert found.credits() == {}


def _at_each_statement(store, job, stop):
    """Do `job` with `stop` called at the first statement, then at the second ... until it ends."""
    from sqlalchemy import event

    for at in range(1, 1_000):
        seen = 0

        def before(*_, at=at):
            nonlocal seen
            seen += 1
            if seen == at:
                stop()

        for name in ("before_cursor_execute", "commit"):
            event.listen(store._engine, name, before)
        try:
            job()
        except OSError:
            yield at
        else:
            return
        finally:
            for name in ("before_cursor_execute", "commit"):
                event.remove(store._engine, name, before)


def _fail():
    raise OSError("the disk is full")


def test_a_fault_at_any_statement_leaves_nothing_half_posted(url) -> None:
    store = books(visit("A", payers=(FIRST, SECOND)), visit("B"), url=url)
    told = remittance(
        claim("A", OFFICE), claim("NOBODY", OFFICE), claim("B", OFFICE), beside=("L6 -1.00 X",)
    )
    before = everything(store)
    faults = 0
    for _ in _at_each_statement(store, lambda: post(store, told, ENTERED), _fail):
        faults += 1
        assert everything(store) == before
        with Store(url) as reopened:
            assert everything(reopened) == before
    # begin, 5 questions, the next ids, 6 tables and the commit, at the least
    assert faults >= 15
    other = books(visit("A", payers=(FIRST, SECOND)), visit("B"))
    post(other, told, ENTERED)
    assert everything(store) == everything(other)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
def test_a_process_killed_at_any_statement_leaves_nothing_half_posted(url) -> None:
    books(visit("A"), visit("B"), url=url).close()
    told = remittance(claim("A", OFFICE), claim("NOBODY", OFFICE), claim("B", OFFICE))
    with Store(url) as store:
        before = everything(store)
    killed = 0
    for at in range(1, 1_000):
        child = os.fork()
        if not child:
            _posts_until_killed(url, told, at)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            break
        killed += 1
        with Store(url) as store:
            assert everything(store) == before
    assert killed >= 15
    with Store(url) as store:
        assert balances(store).total("cash") == D("240.00")
        assert post(store, told, ENTERED).refused == "already posted"


def _posts_until_killed(url, told, at) -> None:
    """Post in this process, and end it without warning at the statement `at`."""
    from sqlalchemy import event

    seen = 0

    def step(*_):
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    status = 1
    try:
        with Store(url) as store:
            for name in ("before_cursor_execute", "commit"):
                event.listen(store._engine, name, step)
            post(store, told, ENTERED)
        status = 0
    finally:
        os._exit(status)


POSTS = """
    import sys
    sys.path.insert(0, sys.argv[2])
    from made_books import ENTERED, claim, line, remittance
    from codinglab.accounts.post import post
    from codinglab.accounts.store import Store
    store = Store(sys.argv[1])
    print("ready", flush=True)
    paid = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")
    for at in range(20):
        claims = [claim(f"V{at}-{each}", paid) for each in range(100)]
        post(store, remittance(*claims, trace=f"T{at}"), ENTERED)
    print("done", flush=True)
"""


def test_a_process_killed_in_the_middle_of_posting_leaves_whole_remittances(url) -> None:
    visits = tuple(visit(f"V{at}-{each}") for at in range(20) for each in range(100))
    books(*visits, url=url).close()
    command = [sys.executable, "-c", textwrap.dedent(POSTS), url, str(Path(__file__).parent)]
    for wait in (0.05, 0.2, 0.4):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == "ready\n"
            time.sleep(wait)
            run.send_signal(signal.SIGKILL)
        with Store(url) as store:
            posted = len(store.remittances())
            # each remittance pays 100 claims 80 dollars, or none
            assert balances(store).total("cash") == 8_000 * posted
            assert balances(store).total("patient receivable") == 2_000 * posted
            assert sum(balances(store).by_ledger().values()) == 0
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout == "ready\ndone\n"
    with Store(url) as store:
        assert balances(store).total("cash") == D("160000.00")  # 20 times 100 times 80
        assert balances(store).total("insurance receivable") == D("0.00")
        assert len(list(store.entries())) == 2_000 * 4  # a charge and three entries each


def test_two_writers_do_not_post_one_remittance_twice(url) -> None:
    from concurrent.futures import ThreadPoolExecutor

    told = remittance(claim("OV1", OFFICE))
    books(visit(), url=url).close()

    def run(_):
        with Store(url) as store:
            return post(store, told, ENTERED).refused

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(4))) == ["", *["already posted"] * 3]
    with Store(url) as store:
        assert balances(store).total("cash") == D("80.00")


def test_the_books_may_grow_while_their_entries_are_read() -> None:
    store = books(visit("A"), visit("B"))
    for at, one in enumerate(store.entries()):
        if not at:
            store.append([entry("E9")])
        last = one.number
    assert last == "E9"


def test_notes_and_accounts_come_back_whole() -> None:
    store = books()
    account = visit("A", "99213-25 150.00", "20610-LT 90.00", payers=(FIRST, SECOND))
    note = Note(DAY, "by hand", "A", "why", "text", "source", "Ann", FIRST, 2, D("-1.05"))
    store.write(Batch(entries=charges(account), accounts=(account,), notes=(note,)))
    assert store.accounts() == {"A": account}
    assert store.accounts(["B"]) == {}
    assert store.notes("A") == (note,)


POSTGRES = "CODINGLAB_TEST_POSTGRES"


@pytest.mark.skipif(
    not os.environ.get(POSTGRES), reason=f"{POSTGRES} names no URL of an empty PostgreSQL database"
)
def test_the_same_books_are_kept_in_postgresql() -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    url = os.environ[POSTGRES]
    visits = (visit("A", payers=(FIRST, SECOND)), visit("B"))
    told = remittance(claim("A", OFFICE), claim("NOBODY", OFFICE), claim("B", OFFICE))
    store, other = books(*visits, url=url), books(*visits)
    before = everything(store)
    for _ in _at_each_statement(store, lambda: post(store, told, ENTERED), _fail):
        assert everything(store) == before
    post(other, told, ENTERED)
    assert everything(store) == everything(other)
    assert balances(store) == balances(other) == replay(store.entries())
    assert post(store, told, ENTERED).refused == "already posted"
    with pytest.raises(DBAPIError, match="the books only grow"), store._engine.begin() as raw:
        raw.execute(text("DELETE FROM postings"))
    with pytest.raises(Refused, match="a number of this batch stands"):
        store.append(charges(visits[0]))
    store.close()
