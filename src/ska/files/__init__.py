"""Files of a work tree or a git revision. Only here are folders walked and git asked."""
