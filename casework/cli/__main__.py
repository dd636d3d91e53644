"""`python -m casework.cli` is the same as `casework`."""

from casework.cli import main

if __name__ == "__main__":
    main()
