"""The demonstration municipality: invented units, people and cases, made by really walking through the processes.

`load` begins. A `story` says what will happen to a child; a `walk` lets it happen with a moved clock through the operations that
people and workers use, so that history, deadlines, lateness, letters and journal are true. Nothing here writes a table itself.
"""
