"""Records as older formats wrote them, and what wrote them."""
