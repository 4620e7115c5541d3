"""What the public sees of the databank: one module a noun."""
