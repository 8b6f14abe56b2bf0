"""A drill plays a scenario on the embedded GitHub with the repository's own workflows, showing what people read."""
