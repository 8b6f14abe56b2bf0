"""`emulate`, a second stand-in of GitHub that others made: what differs is reviewed, once and for all to see."""
