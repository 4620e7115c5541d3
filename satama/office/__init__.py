"""The Welcome Office: ask without a name, a folder with the answers, feedback; and its desk."""
