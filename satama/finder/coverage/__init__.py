"""How much of what people ask the databank answers, measured and reported (docs/office.md)."""
