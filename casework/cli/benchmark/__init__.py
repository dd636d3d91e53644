"""What `casework bench` measures with: a process of ten tasks, an own database, servers of its own, and clients over HTTP."""
