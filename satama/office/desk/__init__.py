"""The desk: where staff read and answer what people asked (docs/office.md)."""
