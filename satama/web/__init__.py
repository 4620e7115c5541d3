"""The look: the base page, parts, CSS, the page cache, error pages and safety headers."""
