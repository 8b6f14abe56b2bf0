"""The nouns: frozen values with no opinion about where they come from."""
