"""What benchmarks/search_quality.py is made of: measures, systems, tasks, tables."""
