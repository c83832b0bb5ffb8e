"""Systematiskt kvalitetsarbete as text: one immutable plan, and everything that follows from it."""
