"""How intake is reached: the API for schools' own systems, and the pages for ambassadors and the coordinator."""
