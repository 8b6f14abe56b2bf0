"""`python -m irp_actions` is `irp`."""

from irp_actions.cli import main

main()
