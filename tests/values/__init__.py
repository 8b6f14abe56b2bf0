"""Tests of the values: shapes, and what a noun knows of itself."""
