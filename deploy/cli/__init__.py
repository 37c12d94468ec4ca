"""One command for everything: `schakel`. Each command imports what it needs when called, so that help is quick."""

from deploy.cli.app import main

__all__ = ["main"]
