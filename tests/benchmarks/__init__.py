"""Speed and memory, as ratios within one run. Nothing here fails on time."""
