"""The simulated practice: the same from the same seed, true to the books, with what was planted."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from codinglab.accounts.balances import balances, replay
from codinglab.accounts.kpi import below_contract, gather, kpis
from codinglab.accounts.practice import simulate
from codinglab.accounts.practice_file import practice_folder, read_practice
from codinglab.accounts.practice_planted import NOTHING_PLANTED, read_planted
from codinglab.accounts.practice_run import make
from codinglab.accounts.practice_store import keep, kept, practice_of
from codinglab.accounts.store import Store
from codinglab.core.tables import BadData

HARBOR = practice_folder("harbor")
WHOLE = read_practice(HARBOR / "practice.yml")
SMALL = WHOLE.model_copy(update={"visits_a_day": 6, "patients": 300})
PLANTED = read_planted(HARBOR / "planted.yml")
MONTHS = 3


def planted(**kept_kinds) -> object:
    """Return what is planted, from January on, of the kinds named with their rates."""
    problems = tuple(
        one.model_copy(
            update={"since": date(2026, 1, 1), "until": None, "rate": Decimal(rate), "days": 1}
            | ({"days": 100} if one.kind == "held" else {})
        )
        for name, rate in kept_kinds.items()
        for one in PLANTED.problems
        if one.kind == name.replace("_", " ")
    )
    return PLANTED.model_copy(update={"problems": problems})


def year(problems=NOTHING_PLANTED, months=MONTHS, seed=7):
    store = Store("sqlite://")
    return store, simulate(store, SMALL, problems, seed, months=months)


@pytest.fixture(scope="module")
def plain():
    return year()


def test_the_same_seed_makes_the_same_file_byte_by_byte(tmp_path):
    made = []
    for name in ("a.db", "b.db"):
        url = f"sqlite:///{tmp_path / name}"
        with Store(url) as store:
            done = simulate(store, SMALL, PLANTED, 7, months=2)
        keep(url, done, "harbor")
        made.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
        assert kept(url) == done
    assert made[0] == made[1]


def test_another_seed_makes_another_year(plain):
    _, done = year(months=1, seed=8)
    assert [one.template for one in done.history.visits[:20]] != [
        one.template for one in plain[1].history.visits[:20]
    ]


def test_the_books_balance_and_replay_to_the_same(plain):
    store, _ = plain
    assert sum(balances(store).by_ledger().values()) == 0
    assert replay(store.entries()) == balances(store)


def test_every_remittance_is_posted_and_nothing_is_held(plain):
    store, _ = plain
    assert store.held() == ()
    assert {one.payer for one in store.remittances()} == set(SMALL.payers)


def test_charges_in_the_books_are_those_of_the_visits(plain):
    store, done = plain
    charged = sum((one.charge for one in done.history.visits), Decimal(0))
    assert -balances(store).by_ledger()["revenue"] == charged


def test_nobody_comes_on_a_day_off(plain):
    days = {one.day for one in plain[1].history.visits}
    # New Year's Day, Dr. King's Day and Washington's Birthday of 2026, and a Saturday
    assert not days & {
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 1, 3),
    }


def test_with_nothing_planted_no_line_is_below_the_contract(plain):
    lines = plain[1].history.decided
    assert {below_contract(one, Decimal("0.05")) for one in lines} == {Decimal(0)}


def test_a_practice_cannot_be_simulated_for_13_months():
    with pytest.raises(BadData, match="13 months: a simulation covers 1 to 12 months"):
        year(months=13)


def _visits(done, **told):
    return {
        one.account
        for one in done.history.visits
        if all(getattr(one, name) == value for name, value in told.items())
    }


def _denied(done, cause):
    return {one.account for one in done.history.decided if one.cause == cause}


def test_a_planted_problem_changes_the_claims_it_is_about_and_no_others(plain):
    _, found = year(planted(modifier="1"))
    before = {one.account: one for one in plain[1].history.visits}
    assert {one.account: one for one in found.history.visits} == before
    castillo = _visits(found, provider="Castillo")
    first = {
        one.account: (one.code, one.modifiers)
        for one in plain[1].history.decided
        if (one.line, one.attempt) == (1, 1)
    }
    differ = {
        one.account
        for one in found.history.decided
        if (one.line, one.attempt) == (1, 1)
        and one.account in first
        and first[one.account] != (one.code, one.modifiers)
    }
    assert differ
    assert differ <= castillo


def test_a_payer_that_pays_short_shows_below_the_contract_and_nowhere_else():
    store, found = year(planted(underpaid="0.90"))
    short = [one for one in found.history.decided if below_contract(one, Decimal("0.05"))]
    assert {one.payer for one in short} == {"TRN01"}
    # the fee list of TRN01 has 112.00 for 99213; nine tenths are 100.80
    visit = next(one for one in short if one.code == "99213" and not one.modifiers)
    assert (visit.expected, visit.allowed) == (Decimal("112.00"), Decimal("100.80"))
    figures = {one.definition.id: one for one in kpis(gather(store, found.history, found.period))}
    assert figures["underpaid"].meets is False


def test_wrong_member_numbers_are_refused_at_the_door_and_sent_again():
    _, found = year(planted(member_number="1"))
    porter = _visits(found, registrar="Porter")
    refused = [one for one in found.history.sent if one.outcome == "refused"]
    assert {one.account for one in refused if one.attempt == 1} >= {
        one.account for one in found.history.sent if one.account in porter and one.attempt == 1
    }
    again = [one for one in found.history.sent if one.account in porter and one.attempt == 2]
    assert {one.outcome for one in again} == {"decided"}


def test_wrong_birth_dates_are_denied_as_not_insured():
    _, found = year(planted(birth_date="1"))
    porter = _visits(found, registrar="Porter")
    denied = {one.carc for one in found.history.decided if one.account in porter and one.denied}
    assert "31" in denied
    assert len(_denied(found, "registration") & porter) > len(
        _denied(found, "registration") - porter
    )


def test_a_forgotten_modifier_is_denied_as_bundled_and_corrected():
    _, found = year(planted(modifier="1"))
    bundled = _denied(found, "bundling")
    assert bundled & _visits(found, provider="Castillo")
    worked = [one for one in found.history.worked if one.cause == "bundling" and one.answered]
    assert {one.action for one in worked} <= {"correct", "appeal"}
    assert any(one.result == "overturned" for one in worked)


def test_claims_held_beyond_the_limit_are_denied_as_late():
    _, found = year(planted(held="1"), months=6)
    late = {one.payer for one in found.history.decided if one.carc == "29"}
    assert late == {"TRN02"}


def test_a_missed_authorization_is_denied_at_the_payer_that_wants_one():
    _, found = year(planted(authorization="1"))
    told = {one.payer for one in found.history.decided if one.cause == "authorization"}
    assert told == {"TRN02"}


def test_over_coded_levels_differ_from_the_audited_notes_by_one():
    _, found = year(planted(level="1"))
    order = ["99212", "99213", "99214", "99215", "99202", "99203", "99204"]
    audited = [one for one in found.history.visits if one.documented and one.coder == "Egan"]
    raised = {
        (one.documented, one.level) for one in audited if one.documented not in {"99215", "99204"}
    }
    assert raised
    assert all(order.index(level) - order.index(told) == 1 for told, level in raised)


def test_codes_without_a_charge_are_named():
    told = WHOLE.model_dump(by_alias=True)
    told["charges"].pop("99213")
    with pytest.raises(ValueError, match="no charge for 99213; add them"):
        type(WHOLE).model_validate(told)


def test_an_unknown_practice_names_those_that_there_are():
    with pytest.raises(BadData, match="there is no practice 'nowhere'; choose one of harbor"):
        practice_folder("nowhere")


def test_a_file_without_a_practice_says_how_to_make_one(tmp_path):
    Store(f"sqlite:///{tmp_path / 'books.db'}").close()
    with pytest.raises(BadData, match="holds no simulated practice; make one by"):
        kept(f"sqlite:///{tmp_path / 'books.db'}")


def test_histories_are_kept_as_they_were(plain, tmp_path):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    done = replace(plain[1])
    keep(url, done, "harbor")
    assert kept(url) == done
    assert practice_of(url) == "harbor"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"first": "2026-01-15"}, "2026-01-15: begin on the first of a month"),
        # 1EG#TE#MK## has 4 digits, so that it tells 10,000 patients apart
        ({"patients": 10_001}, "1EG#TE#MK## has too few # for 10001 patients"),
    ],
)
def test_a_practice_that_cannot_be_counted_is_refused(told, why):
    with pytest.raises(ValueError, match=why):
        type(WHOLE).model_validate(WHOLE.model_dump(by_alias=True) | told)


def test_a_run_that_stops_leaves_nothing_behind(tmp_path):
    def stop(_day):
        assert (tmp_path / "year.db.unfinished").exists()
        assert not (tmp_path / "year.db").exists()
        raise KeyboardInterrupt

    (tmp_path / "year.db.unfinished").write_text("what a killed run left")
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "year.db", 7, months=1, progress=stop)
    assert list(tmp_path.iterdir()) == []
