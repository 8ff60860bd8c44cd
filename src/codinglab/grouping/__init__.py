"""Groups that decide payment: MS-DRG for a stay, APC for an outpatient visit, HCC for a year."""
