"""The tests of Schakel. Each folder says what kind of proof stands in it."""
