"""`python -m services.matching web | worker`."""

from services.matching.bootstrap import build
from services.matching.settings import MatchingSettings
from shared.runtime.process import main

if __name__ == "__main__":
    main("matching", MatchingSettings, build)
