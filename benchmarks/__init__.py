"""Benchmarks: they print figures and count requests; no test depends on them."""
