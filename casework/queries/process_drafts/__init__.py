"""What pages and programs read of process drafts. No case is named in any of it."""
