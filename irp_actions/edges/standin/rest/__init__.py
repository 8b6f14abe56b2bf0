"""The REST API of the stand-in, as GitHub's "REST API" documentation describes it."""
