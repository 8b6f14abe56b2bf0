"""What is run while working on the program, and never in a workflow."""
