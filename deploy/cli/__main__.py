"""`python -m deploy.cli`: the same as `schakel`, where the package is not installed."""

from deploy.cli import main

main()
