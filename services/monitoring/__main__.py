"""`python -m services.monitoring web | worker`."""

from services.monitoring.bootstrap import NAME, build
from services.monitoring.settings import MonitoringSettings
from shared.runtime.process import main

if __name__ == "__main__":
    main(NAME, MonitoringSettings, build)
