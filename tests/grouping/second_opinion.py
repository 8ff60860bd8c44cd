"""Plausible stays drawn at random, and what a second grouper says of them.

`draw(seed)` makes a stay out of a service line: a principal diagnosis of the line, some secondary
diagnoses that any patient may have, and the line's procedures now and then.
"""

import random
from dataclasses import dataclass
from typing import Any

from made_stays import stay

from codinglab.codes.icd10cm import key_of
from codinglab.grouping.stay import Stay


@dataclass(frozen=True)
class Line:
    """Principal diagnoses and procedures of one service, and who its patients are."""

    principals: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    ages: tuple[int, int] = (45, 90)
    sexes: str = "FM"


LINES = {
    "heart": Line(
        ("I50.21", "I50.33", "I11.0", "I13.0", "I21.4", "I21.02", "I48.0", "I25.110", "I44.2"),
        ("027034Z", "4A023N7", "0JH606Z", "02HK3JZ", "021009W", "02RF38Z", "5A2204Z"),
    ),
    "lungs": Line(
        ("J18.9", "J15.212", "J44.1", "J44.0", "J96.01", "J69.0", "I26.99", "J90", "J93.83"),
        ("5A1945Z", "5A1955Z", "0BH17EZ", "0W9930Z", "0BBC4ZX", "0BTC4ZZ"),
    ),
    "infection": Line(
        ("A41.9", "A41.51", "N39.0", "L03.115", "A04.72", "B37.7", "T81.44XA"),
        ("5A1945Z", "5A1955Z", "02HV33Z", "0J9N0ZZ", "5A1D70Z"),
    ),
    "joints": Line(
        ("M17.11", "M16.12", "S72.001A", "S72.141A", "T84.012A", "M48.061", "S42.201A", "M80.051A"),
        ("0SRC0J9", "0SR9019", "0QS604Z", "0SG00AJ", "0SWC0JZ", "0PSC04Z", "0SRD0J9"),
    ),
    "abdomen": Line(
        ("K35.80", "K80.00", "K80.10", "K56.609", "K57.20", "K92.2", "K85.90", "K70.31", "C18.7"),
        ("0FT44ZZ", "0DTJ4ZZ", "0DBN0ZZ", "0DTN0ZZ", "0DJ08ZZ", "0FB00ZX", "0W9G3ZZ"),
    ),
    "kidneys": Line(
        ("N17.9", "N13.6", "N20.1", "E11.22", "C64.1", "I12.0"),
        ("5A1D70Z", "0T768DZ", "0TT04ZZ", "0TF68ZZ"),
    ),
    "prostate": Line(("N40.1", "C61", "R33.8"), ("0VT08ZZ", "0VT04ZZ"), sexes="M"),
    "brain": Line(
        ("I63.412", "I63.9", "I61.0", "G45.9", "G40.909", "S06.5X0A", "G30.9", "C71.1"),
        ("3E03317", "03CG3ZZ", "00C40ZZ", "00B70ZZ", "4A1034Z"),
    ),
    "sugar": Line(
        ("E11.10", "E11.65", "E11.621", "E10.10", "E86.0", "E87.1", "E11.52"),
        ("0Y6M0Z0", "0HBNXZZ", "0JBR0ZZ", "041K09L"),
    ),
    "birth": Line(
        ("O80", "O34.211", "O70.1", "O72.1", "O14.13", "O42.02", "O75.82"),
        ("10E0XZZ", "10D00Z1", "0KQM0ZZ", "0UL70ZZ", "10D07Z6"),
        ages=(18, 42),
        sexes="F",
    ),
    "women": Line(("D25.1", "N92.0", "N81.4", "C54.1"), ("0UT90ZZ", "0UT9FZZ"), sexes="F"),
    "mind": Line(("F33.2", "F20.0", "F10.231", "F11.20", "F31.2", "F10.20"), ("HZ2ZZZZ",)),
    "blood": Line(("D62", "D57.00", "C83.31", "Z51.11", "C90.00", "D69.6", "D70.1"), ("3E03305",)),
    "harm": Line(("T40.2X1A", "T39.1X2A", "T81.41XA", "S27.0XXA", "T50.995A", "T78.2XXA")),
}
SECONDARY = (
    *("I10", "E78.5", "E11.9", "E11.65", "E66.01", "Z79.4", "Z87.891", "K21.9", "F32.A", "I25.10"),
    *("N18.30", "N18.4", "N18.6", "I50.22", "I50.23", "I48.20", "J44.9", "J44.1", "J96.01"),
    *("N17.9", "N17.0", "D62", "E87.1", "E43", "E44.0", "R65.20", "R65.21", "G93.41", "J69.0"),
    *("L89.153", "L89.312", "I26.99", "N39.0", "B96.20", "Z66", "I95.9", "R57.0", "I46.9", "D64.9"),
    *("F10.20", "F03.90", "K56.7", "T83.511A", "I82.401", "A41.9", "J18.9", "G20.A1", "E87.70"),
)
DELIVERIES = {"10E0XZZ", "10D00Z1", "10D07Z6"}
STATUSES = ("01", "01", "01", "03", "06", "62", "02", "20", "07", "50")


def draw(seed: int) -> Stay:
    """Return the plausible stay of `seed`; the same seed always makes the same stay."""
    chance = random.Random(seed)  # noqa: S311  no secret
    line = LINES[chance.choice(sorted(LINES))]
    principal = chance.choice(line.principals)
    others = [one for one in chance.sample(SECONDARY, chance.randint(0, 6)) if one != principal]
    coded = [f"{one}:N" if chance.random() < 0.1 else one for one in others]
    count = chance.choice((0, 0, 1, 1, 2)) if line.procedures else 0
    done = tuple(chance.sample(line.procedures, min(count, len(line.procedures))))
    outcome = ["Z37.0"] if DELIVERIES & set(done) else []
    return stay(
        principal,
        *coded,
        *outcome,
        procedures=done,
        age=chance.randint(*line.ages),
        sex=chance.choice(line.sexes),
        status=chance.choice(STATUSES),
        days=chance.randint(1, 20),
    )


def second(made: Stay, engine: Any) -> str:
    """Return the DRG that drgpy's `engine` gives the stay; its "000" is no group."""
    codes = [key_of(one.code) for one in made.diagnoses]
    drg = engine.get_drg(
        codes,
        [one.code for one in made.procedures],
        gender=made.sex,
        is_alive=made.discharge_status != "20",
        poa=[one.poa for one in made.diagnoses],
        discharge_status=made.discharge_status,
    )
    return "999" if drg == "000" else str(drg).zfill(3)
