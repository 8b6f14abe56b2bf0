"""What holds the embedded GitHub against GitHub's own descriptions and recorded traffic."""
