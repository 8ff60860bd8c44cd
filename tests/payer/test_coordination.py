"""Who pays first: Medicare and others, children of two plans, accidents, Medicaid last."""

from datetime import date

import pytest

from codinglab.codes.billing import CARC, RARC
from codinglab.codes.release import in_force, rows
from codinglab.core.dates import NotInForce
from codinglab.payer.coordination import order
from codinglab.payer.coordination_facts import (
    Because,
    Child,
    CoveredBy,
    Decree,
    Facts,
    Injury,
    OnMedicare,
    Order,
    Parent,
    Work,
)
from codinglab.payer.coordination_tables import SET, AnswerRow, PlaceRow, RuleRow

DAY = date(2026, 3, 3)
HOW_IT_CAME = (
    "Does Works come from current work, or is its holder retired, laid off or on continued "
    "coverage?"
)
WHICH_OF_TWO = (
    "Which of TRICARE and TRICARE too pays first? No rule of the lab tells two such policies "
    "apart; ask both insurers."
)
MEDICARE = CoveredBy("Medicare", "medicare")
MEDICAID = CoveredBy("Medicaid", "medicaid")


def on_medicare(
    because: Because, renal_from: date | None = None, born: date | None = date(1970, 5, 5)
) -> Facts:
    return Facts(medicare=OnMedicare(because, date(2020, 1, 1), renal_from, born))


def plan(
    name: str,
    work: Work = "current",
    employees: int | None = None,
    holder: str = "patient",
    starts: date | None = None,
) -> CoveredBy:
    return CoveredBy(name, "group", holder, work, employees, starts)


def names(found: Order) -> list[str]:
    assert not found.asks
    return [one.policy.name for one in found.ranked]


def first(policies: list[CoveredBy], facts: Facts, day: date = DAY) -> tuple[str, str, str]:
    """Return who pays first, by which rule, and Medicare's reason code."""
    found = order(policies, facts, day)
    assert not found.asks
    one = found.ranked[0]
    return one.policy.name, one.rule, one.msp_type


@pytest.mark.parametrize(
    ("employees", "expected"),
    [
        (19, ("Medicare", "small_employer", "")),
        (20, ("Works", "working_aged", "12")),
        (500, ("Works", "working_aged", "12")),
    ],
)
@pytest.mark.parametrize("holder", ["patient", "spouse"])
def test_twenty_employees_put_the_plan_of_a_working_aged_before_medicare(
    employees: int, expected: tuple[str, str, str], holder: str
) -> None:
    """42 CFR 411.172: own current work or the spouse's."""
    policies = [MEDICARE, plan("Works", "current", employees, holder)]
    assert first(policies, on_medicare("age")) == expected


@pytest.mark.parametrize(
    ("employees", "expected"),
    [(99, ("Medicare", "disabled_small", "")), (100, ("Works", "disabled", "43"))],
)
def test_a_hundred_employees_put_the_plan_of_a_disabled_worker_before_medicare(
    employees: int, expected: tuple[str, str, str]
) -> None:
    """42 CFR 411.204."""
    policies = [MEDICARE, plan("Works", "current", employees)]
    assert first(policies, on_medicare("disability")) == expected


@pytest.mark.parametrize("work", ["retired", "laid off", "continued"])
@pytest.mark.parametrize("because", ["age", "disability"])
def test_medicare_pays_before_a_plan_without_current_work(work: Work, because: Because) -> None:
    """42 CFR 411.104: retirees and COBRA have no current employment status."""
    policies = [plan("Old Works", work, 5000), MEDICARE]
    assert first(policies, on_medicare(because)) == ("Medicare", "not_working", "")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 1), ("Works", "esrd", "13")),
        (date(2026, 11, 30), ("Works", "esrd", "13")),
        (date(2026, 12, 1), ("Medicare", "esrd_over", "")),
    ],
)
@pytest.mark.parametrize("work", ["current", "retired", "continued"])
def test_renal_disease_puts_any_group_plan_first_for_thirty_months(
    day: date, expected: tuple[str, str, str], work: Work
) -> None:
    """42 CFR 411.162: from June 2024, 30 months end with November 2026; 3 employees suffice."""
    facts = Facts(
        medicare=OnMedicare("end-stage renal disease", date(2024, 6, 1), date(2024, 6, 1))
    )
    assert first([MEDICARE, plan("Works", work, 3)], facts, day) == expected


def test_medicare_stays_first_where_it_was_before_renal_disease_came() -> None:
    """42 CFR 411.163: a retiree of 70 whose Medicare was first keeps it so."""
    facts = on_medicare("age", date(2026, 1, 1))
    found = first([MEDICARE, plan("Old Works", "retired", 5000)], facts)
    assert found == ("Medicare", "esrd_medicare_was_first", "")


def test_the_plan_stays_first_where_work_put_it_first_before_renal_disease_came() -> None:
    """A worker of 70 in a plan of 50 employees: first for the 30 months, and second after them.

    42 CFR 411.163(b)(3): renal disease takes the place of work as the ground (POMS HI 00801.247).
    """
    facts = on_medicare("age", date(2023, 1, 1))  # 30 months end with June 2025
    works = [MEDICARE, plan("Works", "current", 50)]
    assert first(works, facts, date(2025, 6, 30)) == ("Works", "esrd", "13")
    assert first(works, facts, date(2025, 7, 1)) == ("Medicare", "esrd_over", "")


@pytest.mark.parametrize(
    ("day", "employees", "expected"),
    [
        # born on 1 June 1961: 65 is attained on 31 May 2026, so age counts from 1 May 2026 on
        (date(2026, 4, 30), 60, ("Medicare", "disabled_small", "")),
        (date(2026, 5, 1), 60, ("Works", "working_aged", "12")),
        (date(2026, 4, 30), 100, ("Works", "disabled", "43")),
        (date(2026, 5, 1), 19, ("Medicare", "small_employer", "")),
    ],
)
def test_a_disability_is_no_ground_any_more_from_the_month_in_which_65_is_attained(
    day: date, employees: int, expected: tuple[str, str, str]
) -> None:
    """42 CFR 411.170(c): 100 employees decide before that month, 20 from it on."""
    facts = on_medicare("disability", born=date(1961, 6, 1))
    assert first([MEDICARE, plan("Works", "current", employees)], facts, day) == expected


def test_a_leap_day_makes_sixty_five_in_february() -> None:
    facts = on_medicare("disability", born=date(1960, 2, 29))
    works = [MEDICARE, plan("Works", "current", 60)]
    assert first(works, facts, date(2025, 1, 31)) == ("Medicare", "disabled_small", "")
    assert first(works, facts, date(2025, 2, 1)) == ("Works", "working_aged", "12")


def test_a_familys_plan_is_first_for_the_disabled_and_not_for_the_aged() -> None:
    """42 CFR 411.172(a): own or spouse's work for the aged; 411.204: any family member's."""
    policies = [MEDICARE, plan("Son's", "current", 500, "son")]
    assert first(policies, on_medicare("age")) == ("Medicare", "aged_other_family", "")
    assert first(policies, on_medicare("disability")) == ("Son's", "disabled", "43")


def test_medicare_that_begins_later_does_not_pay_yet() -> None:
    works = plan("Works", "current", 5)
    found = order([MEDICARE, works], Facts(medicare=OnMedicare("age", date(2026, 3, 4))), DAY)
    assert names(found) == ["Works"]
    assert found.not_for_this == (MEDICARE,)
    found = order([MEDICARE, works], Facts(medicare=OnMedicare("age", DAY)), DAY)
    assert names(found) == ["Medicare", "Works"]


def test_a_plan_that_begins_later_does_not_pay_yet() -> None:
    policies = [plan("New", starts=date(2026, 3, 4)), plan("Old", starts=date(2020, 1, 1))]
    assert names(order(policies, Facts(), DAY)) == ["Old"]


def test_a_spouses_plan_medicare_and_the_own_retiree_plan_follow_each_other() -> None:
    """NAIC Model 120 s. 6(D)(1)(b): else each would come before the next in a circle."""
    policies = [
        plan("Retiree", "retired", 900, starts=date(2000, 1, 1)),
        plan("Spouse", "current", 900, "spouse", date(2015, 1, 1)),
        MEDICARE,
    ]
    found = order(policies, on_medicare("age"), DAY)
    assert names(found) == ["Spouse", "Medicare", "Retiree"]
    assert "Medicare stands between the two plans" in found.ranked[0].why


def test_without_medicare_the_own_plan_pays_before_the_spouses() -> None:
    policies = [plan("Spouse", holder="spouse"), plan("Own")]
    assert first(policies, Facts()) == ("Own", "dependent", "")


def test_a_supplement_and_medicaid_follow_medicare() -> None:
    supplement = CoveredBy("Supplement", "supplement")
    found = order([MEDICAID, supplement, MEDICARE], on_medicare("age"), DAY)
    assert names(found) == ["Medicare", "Supplement", "Medicaid"]


def test_an_individual_policy_follows_medicare() -> None:
    found = order([CoveredBy("Bought", "individual"), MEDICARE], on_medicare("age"), DAY)
    assert names(found) == ["Medicare", "Bought"]
    assert found.ranked[1].rule == "not_group"


def test_champva_pays_after_medicare_and_before_medicaid() -> None:
    """Medicare Benefit Policy Manual ch. 16 s. 50.4; 38 CFR 17.271."""
    policies = [MEDICAID, CoveredBy("CHAMPVA", "champva"), MEDICARE]
    assert names(order(policies, on_medicare("age"), DAY)) == ["Medicare", "CHAMPVA", "Medicaid"]


@pytest.mark.parametrize(
    ("authorized", "expected"),
    [(True, ["VA"]), (False, ["Works", "Medicare", "Medicaid"])],
)
def test_veterans_affairs_and_medicare_never_share_a_bill(
    *, authorized: bool, expected: list[str]
) -> None:
    """42 CFR 411.8: what Veterans Affairs ordered it pays alone, and of the rest nothing."""
    veterans = CoveredBy("VA", "veterans", authorized=authorized)
    policies = [MEDICARE, plan("Works", "current", 30), veterans, MEDICAID]
    found = order(policies, on_medicare("age"), DAY)
    assert names(found) == expected
    assert found.ranked[0].rule == ("veterans" if authorized else "working_aged")
    assert len(found.not_for_this) == (3 if authorized else 1)


def test_tricare_pays_after_everybody_but_medicaid() -> None:
    policies = [MEDICAID, CoveredBy("TRICARE", "tricare"), MEDICARE, plan("Works", "current", 40)]
    assert names(order(policies, on_medicare("age"), DAY)) == [
        *("Works", "Medicare", "TRICARE", "Medicaid")
    ]


@pytest.mark.parametrize(
    ("kind", "injury", "code"),
    [
        ("workers' compensation", "work", "15"),
        ("black lung", "black lung", "41"),
        ("no-fault", "auto", "14"),
        ("no-fault", "premises", "14"),
        ("liability", "premises", "47"),
        ("liability", "liability", "47"),
    ],
)
def test_an_accident_insurer_pays_first_for_its_accident_alone(
    kind: object, injury: Injury, code: str
) -> None:
    accident = CoveredBy("Accident", kind)  # type: ignore[arg-type]  the four of the table
    policies = [MEDICARE, accident, plan("Works", "current", 50)]
    medicare = OnMedicare("age", date(2020, 1, 1))
    found = order(policies, Facts(injury=injury, medicare=medicare), DAY)
    assert names(found) == ["Accident", "Works", "Medicare"]
    assert found.ranked[0].msp_type == code
    unrelated = order(policies, Facts(medicare=medicare), DAY)
    assert names(unrelated) == ["Works", "Medicare"]
    assert unrelated.not_for_this == (accident,)


def test_no_fault_pays_before_liability() -> None:
    policies = [CoveredBy("Other Driver", "liability"), CoveredBy("Own Car", "no-fault")]
    assert names(order(policies, Facts(injury="auto"), DAY)) == ["Own Car", "Other Driver"]


# Children

MOTHER, FATHER = Parent("mother", date(1985, 9, 1)), Parent("father", date(1990, 2, 1))


def of_child(*parents: Parent, together: bool, decree: Decree = "none") -> Facts:
    return Facts(child=Child(parents, together, decree))


def parents_plans(*holders: str) -> list[CoveredBy]:
    return [plan(f"of {one}", holder=one, starts=date(2010, 1, 1)) for one in holders]


def test_the_earlier_birthday_of_the_year_comes_first_and_not_the_older_parent() -> None:
    """1 February comes before 1 September although the mother is older."""
    found = first(parents_plans("mother", "father"), of_child(MOTHER, FATHER, together=True))
    assert found == ("of father", "birthday", "")


def test_the_longer_plan_comes_first_where_both_have_one_birthday() -> None:
    twin = Parent("father", date(1990, 9, 1))
    policies = [
        plan("of mother", holder="mother", starts=date(2012, 1, 1)),
        plan("of father", holder="father", starts=date(2011, 1, 1)),
    ]
    found = first(policies, of_child(MOTHER, twin, together=True))
    assert found == ("of father", "same_birthday", "")


def test_a_court_order_outweighs_custody_and_birthday() -> None:
    mother = Parent("mother", date(1985, 1, 1), custody=True)
    father = Parent("father", date(1990, 12, 1), answers=True)
    facts = of_child(mother, father, together=False, decree="one parent")
    assert first(parents_plans("mother", "father"), facts) == ("of father", "court_order", "")


def test_the_spouse_of_the_parent_who_answers_comes_next() -> None:
    policies = parents_plans("mother", "father", "father's wife")
    people = (
        Parent("mother", date(1985, 1, 1), custody=True),
        Parent("father", date(1990, 12, 1), answers=True),
        Parent("father's wife", date(1991, 1, 2), spouse_of="father"),
    )
    found = order(policies, of_child(*people, together=False, decree="one parent"), DAY)
    assert names(found) == ["of father", "of father's wife", "of mother"]


@pytest.mark.parametrize("decree", ["both parents", "joint custody"])
def test_the_birthday_decides_where_a_court_leaves_it_to_both(decree: Decree) -> None:
    mother = Parent("mother", date(1985, 9, 1), custody=True)
    facts = of_child(mother, FATHER, together=False, decree=decree)
    assert first(parents_plans("mother", "father"), facts) == ("of father", "birthday", "")


def test_without_an_order_custody_decides_then_the_spouse_of_the_parent_with_custody() -> None:
    people = (
        Parent("mother", date(1985, 9, 1), custody=True),
        Parent("her husband", date(1980, 12, 1), spouse_of="mother"),
        FATHER,
        Parent("his wife", date(1992, 1, 1), spouse_of="father"),
    )
    policies = parents_plans("his wife", "father", "her husband", "mother")
    found = order(policies, of_child(*people, together=False), DAY)
    assert names(found) == ["of mother", "of her husband", "of father", "of his wife"]
    assert {one.rule for one in found.ranked} == {"custody"}


def test_a_grown_child_with_a_spouses_plan_has_the_longer_plan_first() -> None:
    """NAIC Model 120 s. 6(D)(2): a parent's plan and a spouse's plan by length of coverage."""
    policies = [
        plan("of spouse", holder="spouse", starts=date(2024, 1, 1)),
        plan("of mother", holder="mother", starts=date(2010, 1, 1)),
    ]
    found = first(policies, of_child(MOTHER, FATHER, together=True))
    assert found == ("of mother", "longer", "")


def test_a_grown_childs_plans_of_one_day_follow_the_birthdays_of_parent_and_spouse() -> None:
    """NAIC Model 120 s. 6(D)(2)(d)(ii): 9 April comes before 1 September."""
    start = date(2024, 1, 1)
    policies = [
        plan("of mother", holder="mother", starts=start),
        plan("of spouse", holder="spouse", starts=start),
    ]
    spouse = Parent("spouse", date(2001, 4, 9))
    found = first(policies, of_child(MOTHER, FATHER, spouse, together=True))
    assert found == ("of spouse", "birthday", "")


def test_plans_that_go_round_in_a_circle_are_asked_about() -> None:
    """Father before mother by birthday; mother 2010, spouse 2015, father 2020 by length."""
    policies = [
        plan("of father", holder="father", starts=date(2020, 1, 1)),
        plan("of mother", holder="mother", starts=date(2010, 1, 1)),
        plan("of spouse", holder="spouse", starts=date(2015, 1, 1)),
    ]
    for turn in range(3):
        found = order(
            policies[turn:] + policies[:turn], of_child(MOTHER, FATHER, together=True), DAY
        )
        assert not found.ranked
        assert "which one do the plans say pays first?" in found.asks[0]


@pytest.mark.parametrize("day", [date(1988, 2, 29), date(1988, 2, 28)])
def test_a_birthday_on_a_leap_day_lies_between_its_neighbours(day: date) -> None:
    """28 and 29 February come before 1 March."""
    policies = parents_plans("mother", "father")
    parents = (Parent("mother", date(1980, 3, 1)), Parent("father", day))
    assert first(policies, of_child(*parents, together=True)) == ("of father", "birthday", "")


# Two plans of one person


def test_current_work_comes_before_retirement_and_continuation_comes_last() -> None:
    start = date(2020, 1, 1)
    policies = [
        plan("COBRA", "continued", starts=start),
        plan("Works", "current", starts=date(2025, 1, 1)),
    ]
    assert first(policies, Facts()) == ("Works", "continuation", "")
    retired = [plan("Old", "retired", starts=start), plan("Works", starts=date(2025, 1, 1))]
    assert first(retired, Facts()) == ("Works", "active", "")


def test_the_longer_coverage_comes_first_where_nothing_else_decides() -> None:
    policies = [plan("New", starts=date(2025, 1, 1)), plan("Old", starts=date(2020, 1, 1))]
    assert first(policies, Facts()) == ("Old", "longer", "")


def test_plans_share_equally_where_no_rule_decides() -> None:
    start = date(2020, 1, 1)
    found = order([plan("A", starts=start), plan("B", starts=start)], Facts(), DAY)
    assert [one.rule for one in found.ranked] == ["equal", "equal"]


def test_a_plan_without_rules_of_coordination_comes_first() -> None:
    bare = CoveredBy("Bare", "group", "spouse", "current", coordinates=False)
    assert first([plan("Own"), bare], Facts()) == ("Bare", "no_coordination", "")


# Nothing is guessed


@pytest.mark.parametrize(
    ("policies", "facts", "question"),
    [
        (
            [MEDICARE, plan("Works")],
            on_medicare("age"),
            "How many employees has the employer of Works? 20 or more decide.",
        ),
        (
            [MEDICARE, plan("Works", "", 50)],
            on_medicare("age"),
            HOW_IT_CAME,
        ),
        (
            [MEDICARE, plan("Works", "current", 50)],
            Facts(),
            "Why does the patient have Medicare: age, disability or renal disease?",
        ),
        (
            [MEDICARE, plan("Works", "current", 50)],
            Facts(medicare=OnMedicare("end-stage renal disease", date(2026, 1, 1))),
            "In which month did Medicare for end-stage renal disease begin?",
        ),
        ([plan("A"), plan("B")], Facts(), "From which day does A and B cover the patient?"),
        ([plan("A"), plan("Works", "")], Facts(), HOW_IT_CAME),
        (
            [MEDICARE, plan("Works", "current", 60)],
            on_medicare("disability", born=None),
            "When was the patient born? From 65 on it is age that counts.",
        ),
        (
            [MEDICARE, CoveredBy("VA", "veterans")],
            on_medicare("age"),
            "Did Veterans Affairs order this care, and does it pay for it?",
        ),
        (
            [CoveredBy("TRICARE", "tricare"), CoveredBy("TRICARE too", "tricare")],
            Facts(),
            WHICH_OF_TWO,
        ),
        (
            parents_plans("mother", "father"),
            of_child(MOTHER, FATHER, together=False, decree="one parent"),
            "Which parent answers for the child's health care by the court's order?",
        ),
        (
            parents_plans("mother", "father"),
            of_child(MOTHER, FATHER, together=False),
            "With which parent does the child live?",
        ),
        (
            parents_plans("mother", "aunt"),
            of_child(MOTHER, FATHER, together=True),
            "Who is aunt, the holder of a policy? Known are mother, father.",
        ),
    ],
)
def test_a_fact_that_decides_and_is_not_known_becomes_a_question(
    policies: list[CoveredBy], facts: Facts, question: str
) -> None:
    found = order(policies, facts, DAY)
    assert found.asks == (question,)
    assert not found.ranked


def test_one_policy_pays_alone_and_a_day_without_rules_is_refused() -> None:
    found = order([MEDICARE], on_medicare("age"), DAY)
    assert [one.why for one in found.ranked] == ["Medicare pays alone: no other policy is known."]
    with pytest.raises(NotInForce, match="payer_order: nothing in force on 2019-12-31"):
        order([MEDICARE, MEDICAID], on_medicare("age"), date(2019, 12, 31))


def test_the_order_does_not_depend_on_the_order_in_which_policies_are_given() -> None:
    policies = [
        MEDICAID,
        plan("Works", "current", 80),
        CoveredBy("TRICARE", "tricare"),
        MEDICARE,
        CoveredBy("Fund", "workers' compensation"),
    ]
    facts = Facts("work", OnMedicare("age", date(2020, 1, 1)))
    expected = ["Fund", "Works", "Medicare", "TRICARE", "Medicaid"]
    for turn in range(5):
        assert names(order(policies[turn:] + policies[:turn], facts, DAY)) == expected


def test_every_rule_of_order_names_its_source_and_every_place_its_rule() -> None:
    release = in_force(SET, DAY)
    rules = {one.code: one for one in rows(release, "rules.csv", RuleRow)}
    assert [code for code, one in rules.items() if not one.source] == ["only"]
    places = rows(release, "places.csv", PlaceRow)
    assert {one.rule for one in places} <= {*rules, ""}


def test_every_answer_has_codes_that_exist_and_16_and_129_a_remark() -> None:
    answers = rows(in_force(SET, DAY), "answers.csv", AnswerRow)
    for one in answers:
        assert CARC.find(one.carc, DAY).code == one.carc
        assert not one.rarc or RARC.find(one.rarc, DAY).code == one.rarc
        assert one.source
    assert {one.carc for one in answers if one.rarc} == {"16", "129"}
    assert all(one.rarc for one in answers if one.carc in {"16", "129"})
