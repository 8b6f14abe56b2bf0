"""Clients that nobody here wrote live an incident in the embedded GitHub, over TLS, and see the same world."""
