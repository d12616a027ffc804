"""Searches in Elasticsearch: conditions, facet counts, order and spelling."""
