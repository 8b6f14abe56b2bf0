"""The GraphQL API of the stand-in, executed on GitHub's own schema, cut to what is supported."""
