"""One command for everything: `schakel`. Each command imports what it needs when it is called, so that help is quick."""

from deploy.cli.app import main

__all__ = ["main"]
