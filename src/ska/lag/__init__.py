"""Laws: when a provision holds, where a text cites it, and what a change of it touches."""
