"""What monitoring needs from its environment."""

from shared.kernel.settings import CommonSettings


class MonitoringSettings(CommonSettings):
    """What every service needs is enough."""
