"""How pages are found and framed: addresses, redirects, the sitemap, what every page links to."""
