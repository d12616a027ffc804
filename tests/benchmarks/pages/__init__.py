"""Every public page, the API and the desk beside a bare Django view: `make bench`."""
