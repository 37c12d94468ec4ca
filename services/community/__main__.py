"""`python -m services.community web | worker`."""

from services.community.bootstrap import NAME, build
from services.community.settings import CommunitySettings
from shared.runtime.process import main

if __name__ == "__main__":
    main(NAME, CommunitySettings, build)
