"""How fast the check and the site are: `make bench`."""
