"""`python -m services.notify web | worker`."""

from services.notify.bootstrap import NAME, build
from services.notify.settings import NotifySettings
from shared.runtime.process import main

if __name__ == "__main__":
    main(NAME, NotifySettings, build)
