"""The rules that judge coded lines."""
