from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from made_books import ENTERED, books, remittance
from made_series import decisions, series, visits

from codinglab.accounts.balances import NOTHING, balances, carried, replay
from codinglab.accounts.post import post
from codinglab.accounts.quarantine import waiting
from codinglab.remit.recoup import reversal

RUNS = settings(max_examples=25, deadline=None)


@RUNS
@given(series(), st.data())
def test_replay_in_any_pieces_gives_the_balances_that_the_database_adds_up(made, data) -> None:
    accounts, remittances = made
    with books(*accounts) as store:
        for one in remittances:
            post(store, one, ENTERED)
        entries = tuple(store.entries())
        found = NOTHING
        at = 0
        while at < len(entries):
            step = data.draw(st.integers(1, len(entries)))
            found = replay(entries[at : at + step], found)
            at += step
        assert found == replay(entries) == balances(store) == carried(store.sides())
        assert sum(found.by_ledger().values()) == 0


@RUNS
@given(series())
def test_cash_moves_by_each_payment_to_the_cent_and_no_account_gains_or_loses(made) -> None:
    accounts, remittances = made
    with books(*accounts) as store:
        cash = Decimal(0)
        for one in remittances:
            posted = post(store, one, ENTERED)
            assert posted.refused == ""
            cash += one.total
            assert balances(store).total("cash") == cash
        after = balances(store)
        for account in accounts:
            here = after.by(lambda key: key.account)
            assert here.get(account.number, Decimal(0)) == 0
            assert after.total("revenue", account=account.number) == -account.charge
        unapplied = -sum((one.amount for one in waiting(store)), Decimal(0))
        set_off = sum(
            (
                each.amount
                for one in remittances
                for each in one.provider_adjustments
                if each.reason == "SL"
            ),
            Decimal(0),
        )
        assert after.total("unapplied cash") == unapplied + set_off


@RUNS
@given(series())
def test_posting_again_is_refused_and_changes_nothing(made) -> None:
    accounts, remittances = made
    with books(*accounts) as store:
        for one in remittances:
            post(store, one, ENTERED)
        before = balances(store), store.notes(), store.held(), store.remittances()
        for one in remittances:
            assert post(store, one, ENTERED).refused == "already posted"
        assert (balances(store), store.notes(), store.held(), store.remittances()) == before


@RUNS
@given(st.data())
def test_posting_and_reversing_gives_the_earlier_balances(data) -> None:
    accounts = data.draw(visits())
    with books(*accounts) as store:
        before = balances(store)
        told = [data.draw(decisions(one)) for one in accounts]
        post(store, remittance(*told), ENTERED)
        assert store.held() == ()
        back = [reversal(one) for one in data.draw(st.permutations(told))]
        left = sum((one.paid for one in back), Decimal(0))
        forward = (f"FB {left} T2",) if left < 0 else ()
        post(store, remittance(*back, trace="T2", beside=forward), ENTERED)
        assert store.held() == ()
        after = {
            key: amount
            for key, amount in balances(store)
            if key.ledger not in {"cash", "payer recoupment"}
        }
        assert after == dict(before)
        # what was paid is still in the bank, and owed to the payer by what was carried forward
        assert balances(store).total("cash") == -balances(store).total("payer recoupment") == -left


@RUNS
@given(series(most=3))
def test_what_is_posted_in_one_run_or_in_several_is_the_same(made) -> None:
    accounts, remittances = made
    with books(*accounts) as one, books(*accounts) as other:
        for each in remittances:
            post(one, each, ENTERED)
        for each in remittances:
            for again in remittances:  # a run that starts anew each time, over all the files
                if again is each:
                    break
                assert post(other, again, ENTERED).refused
            post(other, each, ENTERED)
        assert tuple(one.entries()) == tuple(other.entries())
