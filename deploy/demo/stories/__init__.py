"""Three invented children's stories, played through the public doors only: the API, the pages, the links in mails."""
