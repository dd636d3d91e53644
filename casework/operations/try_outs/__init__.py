"""What is kept of trying out a process draft: the steps of somebody's walk, and what came of running its scenarios."""
