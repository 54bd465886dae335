"""What the main pages cost, as ratios to a bare Django site in the same run: `make bench`.

Milliseconds change with the machine and its neighbours; the least CPU time of many requests in one process,
divided by that of the floor measured turn about with it, hardly does.
"""
