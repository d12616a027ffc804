"""The Elasticsearch engine; the only package with an Elasticsearch client.

`definition` holds mapping and analysers, `querying` the searches, `indexing` the synchronisation with the offering;
`guard` falls back to the database.
"""
