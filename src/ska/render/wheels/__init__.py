"""The wheel of the year as a drawing: what is where, and nothing on top of anything else."""
