"""What the page for moving running instances shows: who stands where, what becomes what, and how it goes.

No case text: a process owner sees numbers of instances, and numbers of cases only of cases that the role may see.
"""
