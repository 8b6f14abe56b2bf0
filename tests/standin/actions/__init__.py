"""Tests of the Actions engine of the embedded GitHub."""
