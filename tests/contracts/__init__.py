"""What the services promise each other: events, schemas, samples, the envelope."""
