DEFAULT = "schiewijk"
