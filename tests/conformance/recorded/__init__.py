"""The embedded GitHub, and our door to GitHub, beside what the real one was recorded to answer."""
