"""Outcomes and targets as drawings, with places for all that is said in them."""
