"""The Elasticsearch engine, behind `guard`: its index (`definition`), what is asked of it (`querying`), and how it is
kept in step with the offering (`indexing`).

Only this room speaks Elasticsearch.
"""
