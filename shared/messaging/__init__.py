"""From an outbox to a handler: outbox, relay, bus, inbox, consumer, parked events, timers."""
