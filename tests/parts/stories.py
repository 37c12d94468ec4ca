"""The children of Schiewijk, whose stories the demo plays and many tests borrow."""

from deploy.demo.city.demo_city import demo_city

STORIES = demo_city("schiewijk").stories
AMINA, DAAN = STORIES.first_says_yes, STORIES.second_says_yes
