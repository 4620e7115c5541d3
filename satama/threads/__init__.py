"""Conversations between a visitor and the desk: questions, feedback, employers' cases. One inbox;
what is said is closed at rest, erased in time, and who of the staff looked is told to the owner."""
