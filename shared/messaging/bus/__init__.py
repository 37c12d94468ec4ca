"""The port to the broker, Apache Kafka behind it, and the bus in one process."""
