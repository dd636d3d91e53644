"""Letters on their way: whoever delivers what `casework.papers.letters` has made."""
