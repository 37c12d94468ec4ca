"""An installation: databases, migrations, secrets, and the checkup of `schakel doctor`."""
