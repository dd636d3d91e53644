"""The Flask doors: the JSON API (`api.v1`) and the pages (`api.web`)."""
