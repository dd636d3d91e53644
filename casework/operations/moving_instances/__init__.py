"""Moves running instances to another version of their process: in batches, each instance in a transaction of its own.

What stands stays the same row: a task keeps its draft, its assignee and where its deadline counts from; a timer keeps its start
and gets the new length; a subscription keeps its correlation; a job that is under way is finished once. `casework.engine.moving`
decides where tokens go and what cannot be moved; here the rows follow.
"""
