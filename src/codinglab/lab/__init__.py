"""Notebooks, the answer cell, the course folder and nbgrader's gradebook."""
