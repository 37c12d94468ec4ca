"""The invented city of Schiewijk: its social map and its people. No organisation, person, address or number is real."""
