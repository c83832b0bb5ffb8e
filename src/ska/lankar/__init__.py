"""Links that remember: what rests on what, and who has looked since it changed."""
