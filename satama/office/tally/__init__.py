"""The tally: that somebody was helped, in a few taps, also without a network; and the figures."""
