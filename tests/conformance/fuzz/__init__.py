"""Requests that nobody thought of, made out of GitHub's own description of its API."""
