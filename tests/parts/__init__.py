"""The real parts that tests lean on: found by a given address, else started here, else missing and said so."""
