"""The files around the code: commands, locked versions, workflows, editor and hooks."""
