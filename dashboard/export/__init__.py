"""Things to take away, as bytes: what is on screen, stamped with where it comes from."""
