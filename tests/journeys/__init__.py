"""A request's way through all services, by the doors that people use."""
