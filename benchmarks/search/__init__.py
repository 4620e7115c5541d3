"""What both search benchmarks stand on: quality (systems, tasks) and speed (kept, recombined)."""
