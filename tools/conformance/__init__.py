"""Makes what `tests/conformance` holds the embedded GitHub against, out of packages that others publish."""
