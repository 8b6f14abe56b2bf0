"""Asks GitHub's own reader of workflow files and evaluator of expressions, and keeps the answers.

The answers are committed, so that the stand-in is compared with them on every machine; only asking again needs Node.
"""
