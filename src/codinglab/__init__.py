"""codinglab: learn medical coding and billing in a notebook, and prove that you can do it."""

__version__ = "0.1.0"
