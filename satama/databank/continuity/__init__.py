"""No published address vanishes: where it leads when its page is gone, and what an act would lose
(docs/decisions/0018). The database keeps the rule; here are its words and its pages."""
