"""The shared nouns: Region, Topic, Organisation, Place, Entry, Text, Fact; their pages and content
packs."""
