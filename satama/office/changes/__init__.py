"""What was changed because somebody told us: a public list, and what a sender sees of it."""
