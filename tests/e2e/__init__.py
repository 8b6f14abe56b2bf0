"""Tests through HTTP, workflow files and real processes."""
