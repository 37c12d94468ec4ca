"""The contracts between the services: what each of them publishes, and nothing else."""
