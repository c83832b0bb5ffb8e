"""Pages about many things: what they list, by what they are narrowed, and no page too long."""
