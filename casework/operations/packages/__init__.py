"""What the operations on packages share: what a package is planned of, who may approve it, and what forms say of it."""
