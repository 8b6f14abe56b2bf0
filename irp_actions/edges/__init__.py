"""The edges: the only rooms that touch a network, a file or a clock."""
