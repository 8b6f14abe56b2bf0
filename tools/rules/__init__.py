"""The rules of the process and what holds them: which code carries a rule, and which test fails without it."""
