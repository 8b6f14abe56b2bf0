"""Tests of the edges: the door over real HTTP on the loopback interface, and the policy file."""
