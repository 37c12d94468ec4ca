"""One cluster of real processes for a module of tests."""

from tests.parts.cluster_fixture import cluster

__all__ = ["cluster"]
