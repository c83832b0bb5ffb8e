"""Damage done to whole plans on purpose, to see how much of it the check finds."""
