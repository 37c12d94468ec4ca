"""What each thing weighs in the ranking. What nobody knows weighs less than what fits, and more than what does not.

What an offer scores whatever the need is, is stored with it (`store.ranked_offers`): whoever changes such a weight
raises `INDEX_VERSION` of `store.map_index`.
"""

IN_DISTRICT, WHOLE_CITY, UNKNOWN_DISTRICT, OUTSIDE_DISTRICT = 40, 25, -20, -40
SPEAKS_LANGUAGE, HAS_INTERPRETER = 30, 20
WHOLE_AGE_BAND = 10
HAS_AGREEMENT = 10
ANSWERS_WITHIN = {1: 15, 2: 10, 3: 5}
PER_OPEN_REFERRAL = -4
MOST_FOR_LOAD = -24
WALK_IN, WALK_IN_WHEN_URGENT = 3, 12
UNCONFIRMED = -12
