"""Remittance: what a payer tells of its payment, as a value, as an 835, and for a reader."""
