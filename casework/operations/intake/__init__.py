"""What receiving a notification is made of: `checking` what came, finding or opening the `child_case`, `registration`."""
