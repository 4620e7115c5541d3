"""The Welcome Office's own page: where, when, how; and every other office of the network."""
