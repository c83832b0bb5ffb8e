"""The site: a plan made ready, and its pages by MkDocs, all of them or as they are asked for."""
