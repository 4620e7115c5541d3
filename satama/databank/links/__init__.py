"""Links that do not work: which web addresses our pages show, how each answers, and one act to
replace an address everywhere."""
