"""A plan as something to look at. Every function here is pure: a plan in, text out."""
