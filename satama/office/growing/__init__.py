"""An answer becomes an entry: the databank grows with what people ask (docs/office.md)."""
