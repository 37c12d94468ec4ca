"""The contracts between the services: what each of them says, and nothing else."""
