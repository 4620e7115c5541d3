"""Languages and their fallbacks, words for dates and money, clean HTML. Imports none of ours."""
