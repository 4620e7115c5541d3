"""Staff: users, sign-in, second factor. Visitors have no accounts."""
