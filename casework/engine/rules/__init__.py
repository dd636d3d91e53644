"""The rules of deployment lint, one file for each kind. Every rule is a function that gives findings; `lint` runs them all."""
