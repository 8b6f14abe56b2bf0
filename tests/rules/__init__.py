"""Tests of the rules: conversations on a modelled issue, grouped by the room the rule lives in."""
