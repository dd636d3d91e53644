"""Papers: what leaves the pages as an accessible PDF (typst, PDF/UA-1). Letters are composed in `workers.letters`."""
