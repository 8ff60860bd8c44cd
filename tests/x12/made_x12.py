"""Files of any size, made up claim by claim."""

from __future__ import annotations

from collections.abc import Iterator

ISA = (
    "ISA*00*          *00*          *ZZ*LABSUBMITTER   *ZZ*LABPAYER       *260315*1030"
    "*^*00501*000000201*0*T*:~\n"
)
HEAD = (
    "BHT*0019*00*BATCH*20260315*1030*CH~\nNM1*41*2*CODINGLAB BILLING*****46*LABSUBMITTER~\n"
    "PER*IC*ANNE EXAMPLE*TE*6145550100~\nNM1*40*2*LAB PAYER*****46*LABPAYER~\nHL*1**20*1~\n"
    "NM1*85*2*EXAMPLE FAMILY CLINIC*****XX*1234567893~\nN3*100 CLINIC WAY~\n"
    "N4*COLUMBUS*OH*432150001~\nREF*EI*311234567~\n"
)
PER_TRANSACTION = 5000


def claim(at: int, level: int) -> str:
    """Return claim number `at` with its subscriber on `level`: 20 segments, three lines."""
    day = f"202601{at % 28 + 1:02}"
    return (
        f"HL*{level}*1*22*0~\nSBR*P*18*GRP{at % 9}******CI~\n"
        f"NM1*IL*1*SAMPLE{at}*MARIA****MI*MEM{at:07}~\nN3*{at} OAK ST~\nN4*COLUMBUS*OH*43210~\n"
        f"DMG*D8*19{at % 60 + 30}0412*F~\nNM1*PR*2*LAB PAYER*****PI*LP001~\n"
        f"CLM*ACCT{at:07}*{210 + at % 50}***11:B:1*Y*A*Y*Y~\nHI*ABK:E119*ABF:I10~\n"
        f"NM1*82*1*HEALER*HANNA****XX*1678901236~\nPRV*PE*PXC*207Q00000X~\n"
        f"LX*1~\nSV1*HC:99213*100*UN*1***1:2~\nDTP*472*D8*{day}~\nREF*6R*{at}A~\n"
        f"LX*2~\nSV1*HC:83036*{60 + at % 50}*UN*1***1~\nDTP*472*D8*{day}~\nREF*6R*{at}B~\n"
        f"LX*3~\nSV1*HC:36415*50*UN*1***1~\nDTP*472*D8*{day}~\nREF*6R*{at}C~\n"
    )


def claims(count: int, *, alike: bool = False, start: int = 1) -> Iterator[str]:
    """Yield a professional file of `count` claims, 5,000 in each transaction, piece by piece."""
    yield ISA
    yield "GS*HC*LABSUBMITTER*LABPAYER*20260315*1030*201*X*005010X222A1~\n"
    transactions, done = 0, 0
    while done < count:
        transactions += 1
        number = f"{transactions:04}"
        yield f"ST*837*{number}*005010X222A1~\n" + HEAD
        segments = 1 + HEAD.count("~")
        for level in range(2, 2 + min(PER_TRANSACTION, count - done)):
            text = claim(1 if alike else start + done, level)
            segments += text.count("~")
            yield text
            done += 1
        yield f"SE*{segments + 1}*{number}~\n"
    yield f"GE*{transactions}*201~\nIEA*1*000000201~\n"
