"""A small model of issues, and a machine that holds the embedded GitHub against it in any order of doings."""
