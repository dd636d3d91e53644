"""Letters: from a text and what is known of the case to an accessible PDF, and from there to whoever delivers it."""
