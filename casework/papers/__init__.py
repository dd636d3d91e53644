"""Papers: what leaves the pages as an accessible PDF (typst, PDF/UA-1): case files, and letters."""
