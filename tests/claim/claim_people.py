"""Invented people, practices and payers: nobody is meant, and each NPI merely passes its check."""

from datetime import date

from codinglab.claim.parties import Address, Name, Payer, Person, Provider

PRACTICE = Provider(
    Name("Harbor Family Medicine PC"),
    npi="1234567893",
    taxonomy="193400000X",
    tax_id="421234567",
    address=Address("100 Pier Street", "Millbrook", "OH", "430151234", "Suite 2"),
    contact="Billing Office",
    phone="6145550100",
)
HOSPITAL = Provider(
    Name("Millbrook General Hospital"),
    npi="1497002018",
    taxonomy="282N00000X",
    tax_id="421234568",
    address=Address("1 Hospital Drive", "Millbrook", "OH", "430151200"),
    contact="Patient Accounts",
    phone="6145550110",
)
AMBULANCE = Provider(
    Name("Millbrook Ambulance Inc"),
    npi="1669500336",
    taxonomy="3416L0300X",
    tax_id="421234569",
    address=Address("9 Depot Road", "Millbrook", "OH", "430151209"),
    contact="Billing Office",
    phone="6145550120",
)
SUPPLIER = Provider(
    Name("Lakeside Medical Supply LLC"),
    npi="1785600440",
    taxonomy="332B00000X",
    tax_id="421234570",
    address=Address("77 Market Street", "Millbrook", "OH", "430151277"),
    contact="Billing Office",
    phone="6145550130",
)
SURGERY_CENTER = Provider(
    Name("Lakeside Surgery Center"),
    npi="1203550557",
    taxonomy="261QA1903X",
    address=Address("80 Market Street", "Millbrook", "OH", "430151280"),
)
FAMILY_DOCTOR = Provider(Name("Okafor", "Ada", "N"), npi="1352660660", taxonomy="207Q00000X")
CHILD_DOCTOR = Provider(Name("Lindqvist", "Sven"), npi="1881770774", taxonomy="208000000X")
SURGEON = Provider(Name("Marsh", "Helen", "T"), npi="1905880880", taxonomy="208600000X")
ANESTHETIST = Provider(Name("Petrov", "Ilya"), npi="1419990993", taxonomy="207L00000X")
HOSPITALIST = Provider(Name("Adeyemi", "Tola"), npi="1573111105", taxonomy="207R00000X")
EMERGENCY_DOCTOR = Provider(Name("Castillo", "Rosa"), npi="1637221213", taxonomy="207P00000X")
SOLE_DOCTOR = Provider(
    Name("Whitfield", "June", "", "MD"),
    npi="1728331327",
    taxonomy="207Q00000X",
    tax_id="300112233",
    tax_id_kind="SY",
    address=Address("5 Elm Court", "Millbrook", "OH", "430151305"),
    contact="June Whitfield",
    phone="6145550140",
)

MEDICARE_B = Payer("Training Medicare Part B", "TRNMB")
MEDICARE_A = Payer("Training Medicare Part A", "TRNMA")
MEDICARE_EQUIPMENT = Payer("Training Medicare Equipment", "TRNDM")
MEDICAID = Payer("Training Medicaid of Ohio", "TRNMC")
COMMERCIAL = Payer(
    "Northfield Mutual", "TRN01", Address("PO Box 1200", "Columbus", "OH", "432161200")
)
HMO = Payer("Riverbend HMO", "TRN02", Address("PO Box 88", "Columbus", "OH", "432160088"))
BLUE = Payer("Blue Training Plan", "TRN03")
SUPPLEMENT = Payer("Evergreen Supplement", "TRN04")
AUTO = Payer("Roadway Insurance", "TRN05", Address("PO Box 51", "Dayton", "OH", "454010051"))
WORK = Payer("State Work Injury Fund", "TRN06", Address("30 Spring St", "Columbus", "OH", "43215"))

OLD_MAN = Person(
    Name("Quill", "Walter", "B"),
    date(1948, 5, 17),
    "M",
    Address("12 Orchard Lane", "Millbrook", "OH", "43015"),
    "6145550171",
)
OLD_WOMAN = Person(
    Name("Ferris", "Mabel"),
    date(1951, 11, 2),
    "F",
    Address("3 Canal Street", "Millbrook", "OH", "43015"),
)
WOMAN = Person(
    Name("Sandoval", "Irene", "M"),
    date(1983, 8, 24),
    "F",
    Address("45 Birch Avenue", "Millbrook", "OH", "43015", "Apt 6"),
    "6145550172",
)
MAN = Person(
    Name("Tanaka", "Ken"),
    date(1979, 2, 8),
    "M",
    Address("210 Mill Road", "Millbrook", "OH", "43015"),
)
CHILD = Person(
    Name("Sandoval", "Mateo"),
    date(2024, 1, 10),
    "M",
    Address("45 Birch Avenue", "Millbrook", "OH", "43015", "Apt 6"),
)
EMPLOYER = Person(
    Name("Millbrook Lumber LLC"),
    address=Address("600 Sawmill Road", "Millbrook", "OH", "43015"),
)
