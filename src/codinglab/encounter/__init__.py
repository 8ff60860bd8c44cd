"""The chart and the coded encounter."""
