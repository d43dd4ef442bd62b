"""One script a page; a page asks, arranges and says, and computes nothing."""
