"""The stand-in is an embedded GitHub; it imports nothing of the program, and only the command line starts it."""
