"""What read files hold, to one immutable `Plan`: things, of whatever format, tied together."""
