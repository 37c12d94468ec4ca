"""`make bench`: speed and memory, as ratios within one run. No test fails by these figures."""
