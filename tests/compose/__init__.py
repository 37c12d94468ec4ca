"""The whole of deploy/compose.yaml, brought up as a person would."""
