"""`python -m services.intake web | worker`."""

from services.intake.bootstrap import NAME, build
from services.intake.settings import IntakeSettings
from shared.runtime.process import main

if __name__ == "__main__":
    main(NAME, IntakeSettings, build)
